package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.assistant.Assistants.Listing;
import org.assistantservice.run.AssistantTools;
import org.assistantservice.server.AsciiBuffer;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.wire.WireJson;

/// GET `/assistants`: every registered assistant by name, those that cannot serve included.
@Controller("/assistants")
@OfProtocol("chat")
final class AssistantsController {
    private final Assistants assistants;
    private final AssistantTools tools;

    AssistantsController(Assistants assistants, AssistantTools tools) {
        this.assistants = assistants;
        this.tools = tools;
    }

    /// A list of assistant objects, each with two members more: `available`, and `problem`, which
    /// says why it is not available or is null.
    @Get(produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> list() {
        List<Listing> all = assistants.all();
        String data = all.stream().map(this::json).collect(Collectors.joining(","));
        String first = all.isEmpty() ? "" : all.getFirst().assistant().id().value();
        String last = all.isEmpty() ? "" : all.getLast().assistant().id().value();
        String body =
                """
                {"object":"list","data":[%s],"first_id":"%s","last_id":"%s","has_more":false}\
                """
                        .formatted(data, first, last);
        return HttpResponse.ok(body.getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private String json(Listing listing) {
        String object = WireJson.assistant(listing.assistant(), tools.of(listing.assistant()));
        String problem = listing.isAvailable() ? "null" : "\"" + escaped(listing.problem()) + "\"";
        return object.substring(0, object.length() - 1)
                + ",\"available\":%s,\"problem\":%s}".formatted(listing.isAvailable(), problem);
    }

    private static String escaped(String text) {
        byte[] ascii = new AsciiBuffer(text.length() + 16).text(text).toBytes();
        return new String(ascii, StandardCharsets.US_ASCII);
    }
}
