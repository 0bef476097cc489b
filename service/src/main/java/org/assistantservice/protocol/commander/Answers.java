package org.assistantservice.protocol.commander;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers with status 200.
final class Answers {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Answers() {}

    static MutableHttpResponse<byte[]> json(JsonNode body) {
        return HttpResponse.ok(JSON.writeValueAsBytes(body))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
