package org.assistantservice.model.openai.http;

import java.util.Map;

/// What a request sends.
///
/// @param headers besides `Host` and `Content-Length`, which are added
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Post(Map<String, String> headers, byte[] body) {
    public Post {
        headers = Map.copyOf(headers);
    }
}
