package org.assistantservice.assistant;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Strict JSON: no duplicate keys, no comments, nothing after the document, and every dimension
/// bounded. Thread-safe.
final class JsonText {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOKENS = 200_000;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 1_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxTokenCount(MAX_TOKENS)
                                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                                    .maxNameLength(MAX_NAME_LENGTH)
                                                    .maxStringLength(ConfigText.MAX_BYTES)
                                                    .maxDocumentLength(ConfigText.MAX_BYTES)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    /// A remark of Jackson's that says less than line and column.
    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*?\\]\\)");

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter PRINTER =
            new DefaultPrettyPrinter(
                            Separators.createDefaultInstance()
                                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                                    .withObjectEmptySeparator("")
                                    .withArrayEmptySeparator(""))
                    .withObjectIndenter(INDENTER)
                    .withArrayIndenter(INDENTER);

    private JsonText() {}

    /// @throws JacksonException if the text is not strict JSON; see [#reason]
    static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    /// What is wrong and where, on one line.
    static String reason(JacksonException problem) {
        String message =
                START_MARKER
                        .matcher(problem.getOriginalMessage())
                        .replaceAll("")
                        .lines()
                        .findFirst()
                        .orElse("unreadable");
        TokenStreamLocation place = problem.getLocation();
        return place == null || place.getLineNr() < 1
                ? message
                : "%s (line %d, column %d)"
                        .formatted(message, place.getLineNr(), place.getColumnNr());
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /// Two spaces a level, line feeds only, no line feed at the end.
    static String writeIndented(JsonNode node) {
        return MAPPER.writer().with(PRINTER).writeValueAsString(node);
    }
}
