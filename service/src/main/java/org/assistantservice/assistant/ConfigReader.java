package org.assistantservice.assistant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads one configuration object. Not thread-safe; one per document.
final class ConfigReader {
    /// Every key of a configuration, in the order of its JSON Schema.
    static final List<String> KEYS =
            List.of(
                    "assistant_id",
                    "assistant_name",
                    "initial_message",
                    "code_interpreter",
                    "file_search",
                    "function_names",
                    "instructions",
                    "model",
                    "functions_module",
                    "function_definitions",
                    "vector_store_name",
                    "vector_store_file_paths",
                    "vector_store_files",
                    "settings",
                    "busy");

    /// Written by the service into stored configurations.
    static final String RESOLVED_FUNCTIONS = "resolved_functions";

    /// Written by the service into stored configurations.
    static final String CREATED_AT = "created_at";

    private static final List<String> DEFINITION_KEYS =
            List.of("name", "description", "parameters", "strict");
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

    private final ObjectNode root;
    private final Form form;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private final ConfigFields fields;

    /// How much a document must say.
    enum Form {
        /// What an author registers.
        REGISTRATION,
        /// What a store holds; the first six fields are enough.
        RUNTIME
    }

    ConfigReader(ObjectNode root, Form form) {
        this.root = root;
        this.form = form;
        this.fields = new ConfigFields(root, "", problems);
    }

    ParsedConfig read() {
        warnOfUnknownKeys();
        AssistantConfig config = config();
        refuseWhatIsNotThere();
        problems.addAll(JsonContents.problems(root));
        warnings.addAll(InlineSecrets.warnings(root));
        ConfigRules.check(config).stream().filter(this::isNew).forEach(problems::add);
        return problems.isEmpty()
                ? new ParsedConfig.Valid(config, warnings)
                : new ParsedConfig.Invalid(config, problems, warnings);
    }

    /// A draft of a document that says nothing.
    static AssistantConfig nothing() {
        return new ConfigReader(JsonText.object(), Form.RUNTIME).config();
    }

    private AssistantConfig config() {
        return new AssistantConfig(
                fields.text("assistant_id"),
                fields.requiredText("assistant_name"),
                fields.requiredText("initial_message"),
                form == Form.REGISTRATION
                        ? fields.requiredText("instructions")
                        : fields.text("instructions"),
                fields.text("model"),
                fields.texts("function_names"),
                fields.nullableText("functions_module"),
                definitions(),
                fields.object("settings").map(JsonText::write).orElse("{}"),
                busy());
    }

    private BusyPolicy busy() {
        if (!root.has("busy")) {
            return BusyPolicy.ENQUEUE;
        }
        String value = fields.text("busy");
        Optional<BusyPolicy> policy =
                Arrays.stream(BusyPolicy.values())
                        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(value))
                        .findFirst();
        if (policy.isEmpty() && root.path("busy").isString()) {
            String allowed =
                    Arrays.stream(BusyPolicy.values())
                            .map(it -> it.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
            fields.problem("busy", "must be one of %s, but was '%s'".formatted(allowed, value));
        }
        return policy.orElse(BusyPolicy.ENQUEUE);
    }

    private List<FunctionSchema> definitions() {
        List<FunctionSchema> definitions = new ArrayList<>();
        int index = 0;
        for (JsonNode element : fields.array("function_definitions")) {
            String pointer = "/function_definitions/" + index++;
            if (element instanceof ObjectNode wrapped) {
                boolean isWrapped = wrapped.get("function") instanceof ObjectNode;
                definitions.add(
                        isWrapped
                                ? definition(
                                        (ObjectNode) wrapped.path("function"),
                                        pointer + "/function")
                                : definition(wrapped, pointer));
            } else {
                problems.add(new ConfigProblem(pointer, "must be an object"));
            }
        }
        return definitions;
    }

    private FunctionSchema definition(ObjectNode node, String pointer) {
        ConfigFields members = new ConfigFields(node, pointer, problems);
        node.propertyNames().stream()
                .filter(key -> !DEFINITION_KEYS.contains(key))
                .forEach(key -> warnings.add(unknown(members.at(key), key, DEFINITION_KEYS)));
        return new FunctionSchema(
                members.requiredText("name"),
                members.text("description"),
                members.object("parameters").map(JsonText::write).orElse(NO_PARAMETERS),
                members.isTrue("strict"));
    }

    private void warnOfUnknownKeys() {
        for (String key : root.propertyNames()) {
            if (!KEYS.contains(key) && !key.equals(RESOLVED_FUNCTIONS) && !key.equals(CREATED_AT)) {
                warnings.add(unknown(fields.at(key), key, KEYS));
            }
        }
    }

    private static ConfigProblem unknown(String pointer, String key, List<String> known) {
        String shown = key.length() > 64 ? key.substring(0, 64) + "…" : key;
        return new ConfigProblem(
                pointer,
                "unknown key '%s' is ignored%s".formatted(shown, NearestName.hint(key, known)));
    }

    private void refuseWhatIsNotThere() {
        for (String key : List.of("code_interpreter", "file_search")) {
            if (fields.isTrue(key)) {
                fields.problem(
                        key, "%s is not available in this version; set it to false".formatted(key));
            }
        }
        for (String key : List.of("vector_store_file_paths", "vector_store_files")) {
            if (!fields.texts(key).isEmpty()) {
                fields.problem(
                        key, "document search is not available in this version; remove the files");
            }
        }
        if (fields.nullableText("vector_store_name") != null) {
            warnings.add(
                    new ConfigProblem(
                            "/vector_store_name", "has no effect without document search"));
        }
    }

    /// A value of the wrong type is one problem, not also an empty value.
    private boolean isNew(ConfigProblem problem) {
        return problems.stream().noneMatch(it -> it.pointer().equals(problem.pointer()));
    }
}
