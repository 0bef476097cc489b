package org.assistantservice.protocol.openai;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.net.URI;
import java.util.regex.Pattern;
import org.assistantservice.server.OfProtocol;

/// Reads `//v1//threads/` as `/v1/threads`: hand-written clients join their base and path
/// carelessly.
@OfProtocol("openai")
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SlashFilter {
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    @PreMatching
    @RequestFilter
    HttpRequest<?> simplify(HttpRequest<?> request) {
        String path = request.getPath();
        if (!path.contains("//")) {
            return request;
        }
        String simple = SLASHES.matcher(path).replaceAll("/");
        String query = request.getUri().getRawQuery();
        URI uri = URI.create(query == null ? simple : simple + "?" + query);
        return simple.startsWith("/v1/") ? request.mutate().uri(uri) : request;
    }
}
