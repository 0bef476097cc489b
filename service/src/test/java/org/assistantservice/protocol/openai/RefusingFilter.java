package org.assistantservice.protocol.openai;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.filter.ServerFilterPhase;

/// Refuses requests as the filter of API keys does.
@Requires(bean = FakeThreads.class)
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RefusingFilter implements Ordered {
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }

    @RequestFilter
    void refuse(HttpRequest<?> request) {
        if (request.getHeaders().contains("X-Refuse")) {
            throw new HttpStatusException(HttpStatus.UNAUTHORIZED, "Unauthorized");
        }
    }
}
