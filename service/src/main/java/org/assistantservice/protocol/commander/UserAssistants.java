package org.assistantservice.protocol.commander;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.AssistantFunction;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.assistant.Assistants.Listing;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.Sha256;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.run.AssistantTools;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The assistants of users: instructions of their own, all else from the template as it is now.
/// They are in no directory; a run keeps the version it started with, like that of any other.
/// Thread-safe.
@Singleton
final class UserAssistants {
    private static final String EMAIL = "send_email";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Assistants assistants;
    private final AssistantTools tools;
    private final CommanderSettings settings;

    UserAssistants(Assistants assistants, AssistantTools tools, CommanderSettings settings) {
        this.assistants = assistants;
        this.tools = tools;
        this.settings = settings;
    }

    Assistant of(User user) {
        Optional<Assistant> template = assistants.find(settings.template()).map(Listing::assistant);
        String model = template.map(Assistant::model).orElse("");
        String itsSettings = template.map(Assistant::settingsJson).orElse("{}");
        List<AssistantFunction> functions =
                template.map(Assistant::functions).orElse(List.of()).stream()
                        .filter(it -> !it.name().equals(EMAIL) || !settings.emailUri().isBlank())
                        .toList();
        return new Assistant(
                user.assistantId(),
                version(user, model, itsSettings, functions),
                user.name(),
                "",
                user.instructions(),
                model,
                functions,
                itsSettings,
                BusyPolicy.ENQUEUE,
                user.createdAt());
    }

    /// JSON text of the functions as the model is offered them.
    String toolsJson(User user) {
        ArrayNode list = JSON.createArrayNode();
        for (ToolSpec tool : tools.of(of(user))) {
            ObjectNode function = list.addObject().put("type", "function").putObject("function");
            function.put("name", tool.name()).put("description", tool.description());
            function.set("parameters", JSON.readTree(tool.parametersJson()));
            function.put("strict", tool.strict());
        }
        return JSON.writeValueAsString(list);
    }

    private static String version(
            User user, String model, String settings, List<AssistantFunction> functions) {
        String content =
                String.join(
                        "\n", user.name(), user.instructions(), model, settings, "" + functions);
        return Sha256.hex(content);
    }
}
