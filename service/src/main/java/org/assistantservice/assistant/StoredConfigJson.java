package org.assistantservice.assistant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.AssistantId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The documents of an [AssistantStore]. Beside an author's keys the service writes
/// `resolved_functions`, e.g. `[{"name": "get_weather", "pack": "weather"}]` where a null pack
/// means that no code implements it, and `created_at` in epoch seconds.
final class StoredConfigJson {
    /// The latest time that every store and client can hold: the end of the year 9999.
    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    private StoredConfigJson() {}

    /// What a stored document says.
    sealed interface Parsed {
        /// A configuration.
        record Usable(RegisteredConfig config) implements Parsed {}

        /// Nothing that could be used.
        ///
        /// @param reason all problems on one line
        record Broken(String reason) implements Parsed {}
    }

    static Parsed parse(StoredConfig stored) {
        return switch (stored) {
            case StoredConfig.Unreadable(_, _, var reason) -> new Parsed.Broken(reason);
            case StoredConfig.Content readable -> parse(readable);
        };
    }

    private static Parsed parse(StoredConfig.Content stored) {
        return switch (AssistantConfigJson.parse(stored.json(), ConfigReader.Form.RUNTIME)) {
            case ParsedConfig.NotJson(var reason) -> new Parsed.Broken("is not JSON: " + reason);
            case ParsedConfig.Invalid(_, var problems, _) ->
                    new Parsed.Broken(
                            problems.stream()
                                    .map(ConfigProblem::toString)
                                    .collect(Collectors.joining("; ")));
            case ParsedConfig.Valid(var config, _) ->
                    new Parsed.Usable(
                            registered(stored.name(), config, JsonText.read(stored.json())));
        };
    }

    static String print(RegisteredConfig registered) {
        return JsonText.writeIndented(tree(registered));
    }

    /// A document named by an id is of that assistant, also as a copy of another one's.
    private static RegisteredConfig registered(
            String documentName, AssistantConfig config, JsonNode root) {
        AssistantId id =
                AssistantId.parse(documentName)
                        .or(() -> AssistantId.parse(config.assistantId()))
                        .orElseGet(() -> DerivedId.ofDocument(documentName));
        JsonNode resolved = root.path(ConfigReader.RESOLVED_FUNCTIONS);
        return new RegisteredConfig(
                id,
                config.withId(id.value()),
                resolved.isArray() ? functions(resolved, config) : null,
                createdAt(root.path(ConfigReader.CREATED_AT)));
    }

    private static List<AssistantFunction> functions(JsonNode resolved, AssistantConfig config) {
        Map<String, FunctionSchema> definitions =
                config.functionDefinitions().stream()
                        .collect(Collectors.toMap(FunctionSchema::name, Function.identity()));
        List<AssistantFunction> functions = new ArrayList<>();
        for (JsonNode entry : resolved.values()) {
            String name = entry.path("name").asString("");
            @Nullable String pack =
                    entry.path("pack").isString() ? entry.path("pack").stringValue() : null;
            functions.add(
                    new AssistantFunction(
                            name,
                            pack == null ? null : new ActionRef(pack, name),
                            definitions.get(name)));
        }
        return functions;
    }

    private static Instant createdAt(JsonNode node) {
        boolean isTime = node.isIntegralNumber() && node.canConvertToLong();
        long seconds = isTime ? node.longValue() : 0;
        return Instant.ofEpochSecond(Math.clamp(seconds, 0, MAX_EPOCH_SECOND));
    }

    private static ObjectNode tree(RegisteredConfig registered) {
        ObjectNode root = content(registered.config(), registered.functions());
        root.put(ConfigReader.CREATED_AT, registered.createdAt().getEpochSecond());
        return root;
    }

    /// Everything that makes one version of an assistant differ from another, and its id.
    static ObjectNode content(AssistantConfig config, @Nullable List<AssistantFunction> functions) {
        ObjectNode root = JsonText.object();
        root.put("assistant_id", config.assistantId());
        root.put("assistant_name", config.assistantName());
        root.put("initial_message", config.initialMessage());
        root.put("code_interpreter", false);
        root.put("file_search", false);
        ArrayNode names = root.putArray("function_names");
        config.functionNames().forEach(names::add);
        root.put("instructions", config.instructions());
        root.put("model", config.model());
        root.put("functions_module", config.functionsModule());
        ArrayNode definitions = root.putArray("function_definitions");
        config.functionDefinitions().forEach(it -> definitions.add(definition(it)));
        root.putNull("vector_store_name");
        root.set("settings", JsonText.read(config.settingsJson()));
        root.put("busy", config.busy().name().toLowerCase(Locale.ROOT));
        if (functions != null) {
            ArrayNode resolved = root.putArray(ConfigReader.RESOLVED_FUNCTIONS);
            functions.forEach(it -> resolved.add(resolved(it)));
        }
        return root;
    }

    private static ObjectNode definition(FunctionSchema schema) {
        ObjectNode node = JsonText.object();
        node.put("name", schema.name());
        node.put("description", schema.description());
        node.set("parameters", JsonText.read(schema.parametersJson()));
        node.put("strict", schema.strict());
        return node;
    }

    private static ObjectNode resolved(AssistantFunction function) {
        ObjectNode node = JsonText.object();
        node.put("name", function.name());
        node.put(
                "pack",
                function.action() == null
                        ? null
                        : Objects.requireNonNull(function.action()).pack());
        return node;
    }
}
