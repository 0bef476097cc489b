package org.assistantservice.server;

import io.micronaut.http.HttpRequest;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;

/// What the filters found out about a request's caller.
public final class Caller {
    static final String CORRELATION = "org.assistantservice.correlation";
    static final String PRINCIPAL = "org.assistantservice.principal";

    private Caller() {}

    /// The request's correlation id; a new one if no filter has seen the request.
    public static CorrelationId correlationId(HttpRequest<?> request) {
        return request.getAttribute(CORRELATION, CorrelationId.class)
                .orElseGet(() -> {
                    CorrelationId made = CorrelationId.random();
                    request.setAttribute(CORRELATION, made);
                    return made;
                });
    }

    public static Principal principal(HttpRequest<?> request) {
        return request.getAttribute(PRINCIPAL, Principal.class).orElse(Principal.ANONYMOUS);
    }
}
