package org.assistantservice.model.openai;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.Sampling;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes the bodies of Chat Completions requests. Thread-safe.
final class ChatRequests {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int EXPECTED_BYTES = 4_096;

    private final Map<String, String> aliases;
    private final String defaultModel;
    private final OpenAiDialect dialect;
    private final EncodedTools tools;

    ChatRequests(OpenAiSettings settings, OpenAiDialect dialect) {
        aliases = settings.aliasMap();
        defaultModel = settings.defaultModel();
        this.dialect = dialect;
        tools = new EncodedTools(dialect);
    }

    /// The body as UTF-8.
    byte[] body(ModelRequest request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(EXPECTED_BYTES);
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringProperty("model", sentName(request.model()));
            json.writeBooleanProperty("stream", true);
            if (dialect.sendStreamOptions()) {
                streamOptions(json);
            }
            messages(json, request);
            sampling(json, request.sampling());
            if (!request.tools().isEmpty()) {
                tools(json, request);
            }
            json.writeEndObject();
        }
        return body.toByteArray();
    }

    private String sentName(String requested) {
        String name = requested.isBlank() ? defaultModel : requested;
        return aliases.getOrDefault(name, name);
    }

    private void streamOptions(JsonGenerator json) {
        json.writeObjectPropertyStart("stream_options");
        json.writeBooleanProperty("include_usage", true);
        if (dialect.forbidPadding()) {
            json.writeBooleanProperty("include_obfuscation", false);
        }
        json.writeEndObject();
    }

    private static void messages(JsonGenerator json, ModelRequest request) {
        json.writeArrayPropertyStart("messages");
        if (!request.instructions().isEmpty()) {
            plain(json, "system", request.instructions());
        }
        for (ModelMessage message : request.messages()) {
            switch (message) {
                case ModelMessage.User(String text) -> plain(json, "user", text);
                case ModelMessage.Assistant assistant -> assistant(json, assistant);
                case ModelMessage.ToolResult(String callId, _, String output) -> {
                    json.writeStartObject();
                    json.writeStringProperty("role", "tool");
                    json.writeStringProperty("tool_call_id", callId);
                    json.writeStringProperty("content", output);
                    json.writeEndObject();
                }
            }
        }
        json.writeEndArray();
    }

    private static void plain(JsonGenerator json, String role, String text) {
        json.writeStartObject();
        json.writeStringProperty("role", role);
        json.writeStringProperty("content", text);
        json.writeEndObject();
    }

    private static void assistant(JsonGenerator json, ModelMessage.Assistant message) {
        if (message.calls().isEmpty()) {
            plain(json, "assistant", message.text());
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("role", "assistant");
        if (message.text().isEmpty()) {
            json.writeNullProperty("content");
        } else {
            json.writeStringProperty("content", message.text());
        }
        json.writeArrayPropertyStart("tool_calls");
        message.calls().forEach(call -> call(json, call));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void call(JsonGenerator json, ModelToolCall call) {
        json.writeStartObject();
        json.writeStringProperty("id", call.id());
        json.writeStringProperty("type", "function");
        json.writeObjectPropertyStart("function");
        json.writeStringProperty("name", call.name());
        json.writeStringProperty("arguments", legalArguments(call.argumentsJson()));
        json.writeEndObject();
        if (call.extraJson() != null) {
            json.writeName("extra_content");
            json.writeRawValue(call.extraJson());
        }
        json.writeEndObject();
    }

    /// The arguments as the model wrote them, if they are a JSON object. Otherwise an object that
    /// holds them as a text: several servers parse the arguments of the history and refuse the
    /// whole request over a bad one.
    private static String legalArguments(String arguments) {
        if (arguments.isBlank()) {
            return "{}";
        }
        try {
            if (JSON.readTree(arguments).isObject()) {
                return arguments;
            }
        } catch (JacksonException e) {
            return quotedArguments(arguments);
        }
        return quotedArguments(arguments);
    }

    private static String quotedArguments(String arguments) {
        return JSON.createObjectNode().put("invalid_arguments", arguments).toString();
    }

    private void sampling(JsonGenerator json, Sampling sampling) {
        if (sampling.temperature() != null) {
            json.writeNumberProperty("temperature", sampling.temperature());
        }
        if (sampling.topP() != null) {
            json.writeNumberProperty("top_p", sampling.topP());
        }
        if (sampling.maxCompletionTokens() != null) {
            json.writeNumberProperty(dialect.maxTokensField(), sampling.maxCompletionTokens());
        }
        if (sampling.responseFormatJson() != null) {
            json.writeName("response_format");
            json.writeRawValue(sampling.responseFormatJson());
        }
    }

    private void tools(JsonGenerator json, ModelRequest request) {
        json.writeName("tools");
        json.writeRawValue(tools.block(request.tools()));
        if (request.sampling().toolChoiceJson() != null) {
            json.writeName("tool_choice");
            json.writeRawValue(request.sampling().toolChoiceJson());
        }
        if (dialect.sendParallelToolCalls() && !request.sampling().parallelToolCalls()) {
            json.writeBooleanProperty("parallel_tool_calls", false);
        }
    }
}
