package org.assistantservice.fetch;

import java.util.Map;
import java.util.Set;

/// What to fetch.
///
/// @param url may come from a model: nothing about it is trusted
/// @param headers sent to the host of `url` only, never to where a redirect leads
/// @param types media types to accept, e.g. `text/html`; `text/*` stands for all texts
public record FetchRequest(String url, Map<String, String> headers, Set<String> types) {
    public FetchRequest {
        headers = Map.copyOf(headers);
        types = Set.copyOf(types);
    }

    /// A page or a text.
    public static FetchRequest page(String url) {
        return new FetchRequest(
                url,
                Map.of(),
                Set.of("text/*", "application/xhtml+xml", "application/xml", "application/json"));
    }

    /// @param type media type in lower case without parameters
    boolean accepts(String type) {
        int slash = type.indexOf('/');
        return types.contains(type)
                || (slash > 0 && types.contains(type.substring(0, slash) + "/*"));
    }
}
