package org.assistantservice.identity;

/// Separates the data of one customer from another's: part of every key and every query.
///
/// @param value never empty; `default` until keys are configured
public record TenantId(String value) {
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A tenant id must not be empty");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
