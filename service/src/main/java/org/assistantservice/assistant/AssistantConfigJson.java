package org.assistantservice.assistant;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of assistant configurations: what authors write, and what the service stores. Both have
/// the keys of [AssistantConfigSchema], e.g.
///
/// ```json
/// {"assistant_name": "Weather", "initial_message": "Hello!", "instructions": "You help.",
///  "function_names": ["get_weather"]}
/// ```
public final class AssistantConfigJson {
    private AssistantConfigJson() {}

    /// Reads what an author wrote: UTF-8, at most 1 MiB, strict JSON. An unknown key is a warning.
    public static ParsedConfig parse(byte[] bytes) {
        return switch (ConfigText.stored("", "", bytes)) {
            case StoredConfig.Unreadable(_, _, var reason) -> new ParsedConfig.NotJson(reason);
            case StoredConfig.Content(_, _, var text) -> parse(text);
        };
    }

    /// The same for text that is already decoded.
    public static ParsedConfig parse(String text) {
        return parse(text, ConfigReader.Form.REGISTRATION);
    }

    /// The runtime configuration: what the store keeps and `--output-config` writes. Indented.
    public static String print(RegisteredConfig registered) {
        return StoredConfigJson.print(registered);
    }

    static ParsedConfig parse(String text, ConfigReader.Form form) {
        try {
            if (JsonText.read(text) instanceof ObjectNode root) {
                return new ConfigReader(root, form).read();
            }
        } catch (JacksonException e) {
            return new ParsedConfig.NotJson(JsonText.reason(e));
        }
        return new ParsedConfig.Invalid(
                ConfigReader.nothing(),
                List.of(new ConfigProblem("", "must be a JSON object")),
                List.of());
    }
}
