package org.assistantservice.server;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Optional;
import java.util.Set;
import org.assistantservice.identity.Principal;
import org.jspecify.annotations.Nullable;

/// Lets only callers with a configured key in, when there are keys. `GET /`, health and the API's
/// documentation stay open.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ApiKeyFilter implements Ordered {
    private static final Set<String> OPEN =
            Set.of(
                    "/",
                    "/health",
                    "/health/liveness",
                    "/health/readiness",
                    "/docs",
                    "/redoc",
                    "/api/docs",
                    "/api/redoc",
                    "/openapi.json");
    private static final String BEARER = "bearer ";

    private final ApiKeys keys;

    ApiKeyFilter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (keys.isEmpty() || isOpen(request.getPath())) {
            return;
        }
        Optional<Principal> principal = given(request).flatMap(keys::principal);
        request.setAttribute(
                Caller.PRINCIPAL,
                principal.orElseThrow(() -> Problem.unauthorized().toException()));
    }

    private static boolean isOpen(String path) {
        return OPEN.contains(path) || path.startsWith("/docs/assets/");
    }

    private static Optional<String> given(HttpRequest<?> request) {
        String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        return bearer(authorization)
                .or(() -> Optional.ofNullable(request.getHeaders().get("X-API-Key")));
    }

    private static Optional<String> bearer(@Nullable String authorization) {
        boolean isBearer =
                authorization != null
                        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return isBearer && authorization != null
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }
}
