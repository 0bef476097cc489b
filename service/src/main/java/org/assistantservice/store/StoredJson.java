package org.assistantservice.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.RunStep;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// How values look as JSON in the database: components by name, nulls left out, ids as text, names
/// of constants in lower case, times in ISO 8601. What was written once must stay readable: unknown
/// components are ignored, new ones must be optional, and the fixtures of the tests hold old forms.
/// Thread-safe.
final class StoredJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addMixIn(AssistantId.class, TextId.class)
                    .addMixIn(CallId.class, TextId.class)
                    .addMixIn(CorrelationId.class, TextId.class)
                    .addMixIn(MessageId.class, TextId.class)
                    .addMixIn(RunId.class, TextId.class)
                    .addMixIn(StepId.class, TextId.class)
                    .addMixIn(ThreadId.class, TextId.class)
                    .addMixIn(RunStep.Details.class, TypedDetails.class)
                    .changeDefaultPropertyInclusion(all -> all.withValueInclusion(Include.NON_NULL))
                    .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private StoredJson() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static @Nullable String writeNullable(@Nullable Object value) {
        return value == null ? null : write(value);
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static <T> @Nullable T readNullable(@Nullable String json, Class<T> type) {
        return json == null ? null : read(json, type);
    }

    static <T> List<T> readList(String json, Class<T> type) {
        return MAPPER.readerForListOf(type).readValue(json);
    }

    static Map<String, String> readTexts(String json) {
        return MAPPER.readValue(json, TEXTS);
    }

    /// An id is its text.
    private abstract static class TextId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        TextId(String unused) {}

        @JsonValue
        abstract String value();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RunStep.MessageCreation.class, name = "message_creation"),
        @JsonSubTypes.Type(value = RunStep.ToolCalls.class, name = "tool_calls")
    })
    private interface TypedDetails {}
}
