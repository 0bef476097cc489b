package org.assistantservice.fetch;

import java.util.Map;
import java.util.Set;

/// What to fetch.
///
/// @param url may come from a model: nothing about it is trusted
/// @param headers sent to the host of `url` only, never to where a redirect leads
/// @param types media types to accept, e.g. `text/html`; `text/*` stands for all texts and `*/*`
///   for everything, an answer that does not say its type included
public record FetchRequest(String url, Map<String, String> headers, Set<String> types) {
    private static final String ANYTHING = "*/*";

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

    /// Whatever there is.
    public static FetchRequest anything(String url) {
        return new FetchRequest(url, Map.of(), Set.of(ANYTHING));
    }

    /// @param type media type in lower case without parameters
    boolean accepts(String type) {
        int slash = type.indexOf('/');
        return types.contains(ANYTHING)
                || types.contains(type)
                || (slash > 0 && types.contains(type.substring(0, slash) + "/*"));
    }
}
