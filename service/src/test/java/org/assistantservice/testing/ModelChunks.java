package org.assistantservice.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Frames of a Chat Completions stream, as OpenAI's own server writes them.
public final class ModelChunks {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String HEAD =
            "{\"id\":\"chatcmpl-scripted\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,"
                    + "\"model\":\"scripted\",\"service_tier\":\"default\","
                    + "\"system_fingerprint\":\"fp_1\",\"choices\":[";

    private ModelChunks() {}

    /// One SSE event with this data.
    public static byte[] frame(String data) {
        return ("data: " + data + "\n\n").getBytes(UTF_8);
    }

    /// A chunk whose only choice has this delta.
    public static String delta(String deltaJson) {
        return HEAD
                + "{\"index\":0,\"delta\":"
                + deltaJson
                + ",\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}";
    }

    public static String role() {
        return delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}");
    }

    public static String text(String piece) {
        return delta("{\"content\":" + quoted(piece) + "}");
    }

    /// The chunks of one call: the first opens it, the others carry its arguments.
    public static List<String> call(int index, ScriptedCall call) {
        List<String> chunks = new ArrayList<>();
        chunks.add(
                delta(
                        """
                        {"tool_calls":[{"index":%d,"id":%s,"type":"function",\
                        "function":{"name":%s,"arguments":""}}]}\
                        """
                                .formatted(index, quoted(call.id()), quoted(call.name()))));
        for (String piece : call.argumentPieces()) {
            chunks.add(
                    delta(
                            "{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":%s}}]}"
                                    .formatted(index, quoted(piece))));
        }
        return chunks;
    }

    public static String finish(String reason) {
        return HEAD
                + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":"
                + quoted(reason)
                + "}],\"usage\":null}";
    }

    public static String usage(long prompt, long completion) {
        return HEAD
                + "],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}}"
                        .formatted(prompt, completion, prompt + completion);
    }

    /// The text as a JSON string, with its quotes.
    public static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}
