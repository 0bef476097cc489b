package org.assistantservice.plugin;

import tools.jackson.databind.JsonNode;

/// The bounds that OpenAI sets to the schemas of strict function calling; a larger one is refused
/// together with the whole request.
final class StrictLimits {
    private static final int MAX_LEVELS = 10;
    private static final int MAX_ENUM_VALUES = 1_000;
    private static final int MAX_NAME_CHARACTERS = 120_000;

    private StrictLimits() {}

    /// @param schema as the model would get it
    static boolean allow(JsonNode schema) {
        return levels(schema) <= MAX_LEVELS
                && enumValues(schema) <= MAX_ENUM_VALUES
                && nameCharacters(schema) <= MAX_NAME_CHARACTERS;
    }

    /// Objects and lists within each other; the arguments are the first.
    private static int levels(JsonNode schema) {
        int own = schema.has("properties") || schema.has("items") ? 1 : 0;
        return own + Schemas.children(schema).stream().mapToInt(it -> levels(it)).max().orElse(0);
    }

    private static int enumValues(JsonNode schema) {
        return schema.path("enum").size()
                + Schemas.children(schema).stream().mapToInt(it -> enumValues(it)).sum();
    }

    /// Names of properties, and strings that values are compared with.
    private static int nameCharacters(JsonNode schema) {
        int own =
                schema.path("properties").propertyNames().stream().mapToInt(String::length).sum()
                        + schema.path("enum").valueStream().mapToInt(it -> length(it)).sum()
                        + length(schema.path("const"));
        return own + Schemas.children(schema).stream().mapToInt(it -> nameCharacters(it)).sum();
    }

    private static int length(JsonNode constant) {
        return constant.asString("").length();
    }
}
