package org.assistantservice.protocol.commander;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import org.assistantservice.server.OfProtocol;
import org.jspecify.annotations.Nullable;

/// Answers browsers with the page at `/`, which is another protocol's for programs.
@OfProtocol("commander")
@ServerFilter("/")
final class PageFilter implements Ordered {
    private final boolean isOn;

    PageFilter(CommanderSettings settings) {
        this.isOn = settings.deploySpa().equals("True");
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }

    @RequestFilter
    @Nullable HttpResponse<?> page(HttpRequest<?> request) {
        boolean isWanted =
                isOn
                        && request.getMethod() == HttpMethod.GET
                        && request.getPath().equals("/")
                        && request.getHeaders().getAll("Accept").stream()
                                .anyMatch(it -> it.contains(MediaType.TEXT_HTML));
        return isWanted ? Page.response() : null;
    }
}
