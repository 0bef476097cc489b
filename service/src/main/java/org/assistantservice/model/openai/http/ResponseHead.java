package org.assistantservice.model.openai.http;

import java.util.Map;
import java.util.TreeMap;

/// Status and headers of a response.
///
/// @param headers by name, whatever its case; of a repeated header the first
public record ResponseHead(int status, Map<String, String> headers) {
    public ResponseHead {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(byName::putIfAbsent);
        headers = byName;
    }

    /// The header's value without spaces around it, or an empty text.
    public String header(String name) {
        return headers.getOrDefault(name, "").strip();
    }
}
