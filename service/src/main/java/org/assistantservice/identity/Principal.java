package org.assistantservice.identity;

/// On whose behalf a request is served.
///
/// @param tenant the tenant whose data the caller may see
/// @param name who within the tenant, e.g. an API key's name; `anonymous` without keys
public record Principal(TenantId tenant, String name) {
    public static final Principal ANONYMOUS = new Principal(TenantId.DEFAULT, "anonymous");
}
