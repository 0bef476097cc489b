package org.assistantservice.assistant;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema of an assistant's configuration, for editors and for `--generate-schema`.
public final class AssistantConfigSchema {
    private static final String DESCRIPTION =
            """
            Configuration for registering a new OpenAI assistant.

            Extends AssistantConfig with registration-specific fields.
            The assistant_id will be populated after successful registration.\
            """;

    private final ObjectNode properties = JsonText.object();

    private AssistantConfigSchema() {}

    /// Indented by two spaces; properties in the order of the documentation.
    public static String json() {
        ObjectNode root = JsonText.object();
        root.put("description", DESCRIPTION);
        root.set("properties", new AssistantConfigSchema().properties());
        root.putArray("required").add("assistant_name").add("initial_message").add("instructions");
        root.put("title", "AssistantRegistrationConfig");
        root.put("type", "object");
        return JsonText.writeIndented(root);
    }

    private ObjectNode properties() {
        text("assistant_id", "Assistant ID", "");
        text("assistant_name", "Assistant name", null);
        text("initial_message", "Initial greeting message", null);
        flag("code_interpreter", "Enable code interpreter");
        flag("file_search", "Enable file search");
        texts("function_names", "List of enabled functions");
        text("instructions", "System instructions for the assistant", null);
        text("model", "OpenAI model to use", "gpt-4-turbo-preview");
        nullableText("functions_module", "Module containing functions");
        objects("function_definitions", "Raw OpenAI function definitions");
        nullableText("vector_store_name", "Name for the vector store");
        texts("vector_store_file_paths", "Files to upload to vector store");
        texts("vector_store_files", "Same as vector_store_file_paths");
        settings();
        busy();
        return properties;
    }

    private void text(String key, String description, @Nullable String standard) {
        ObjectNode node = property(key, description);
        node.put("type", "string");
        if (standard != null) {
            node.put("default", standard);
        }
    }

    private void nullableText(String key, String description) {
        ObjectNode node = property(key, description);
        ArrayNode alternatives = node.putArray("anyOf");
        alternatives.addObject().put("type", "string");
        alternatives.addObject().put("type", "null");
        node.putNull("default");
    }

    private void flag(String key, String description) {
        property(key, description).put("type", "boolean").put("default", false);
    }

    private void texts(String key, String description) {
        property(key, description).put("type", "array").putObject("items").put("type", "string");
    }

    private void objects(String key, String description) {
        property(key, description)
                .put("type", "array")
                .putObject("items")
                .put("type", "object")
                .put("additionalProperties", true);
    }

    private void settings() {
        property("settings", "Settings for the constructors of the actions; ${NAME} is a variable")
                .put("type", "object")
                .put("additionalProperties", true);
    }

    private void busy() {
        ObjectNode node = property("busy", "What becomes of a message while a run is under way");
        node.put("type", "string");
        ArrayNode values = node.putArray("enum");
        Arrays.stream(BusyPolicy.values())
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .forEach(values::add);
        node.put("default", "enqueue");
    }

    private ObjectNode property(String key, String description) {
        return properties.putObject(key).put("title", title(key)).put("description", description);
    }

    /// `assistant_id` is titled `Assistant Id`.
    private static String title(String key) {
        StringBuilder title = new StringBuilder();
        for (String word : key.split("_", -1)) {
            title.append(title.isEmpty() ? "" : " ")
                    .append(Character.toUpperCase(word.charAt(0)))
                    .append(word, 1, word.length());
        }
        return title.toString();
    }
}
