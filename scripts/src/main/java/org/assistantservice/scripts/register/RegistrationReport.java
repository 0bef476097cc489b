package org.assistantservice.scripts.register;

import java.nio.file.Path;
import org.assistantservice.assistant.RegistrationResult.Registered;
import org.jspecify.annotations.Nullable;

/// What the user is told of a registration that succeeded.
///
/// @param model the name that runs will use
/// @param saved where the runtime configuration was written, or null
record RegistrationReport(Registered registered, String model, @Nullable Path saved) {
    private static final String RULE = "=".repeat(50);

    String text() {
        String id = registered.assistant().id().value();
        var text = new StringBuilder();
        line(text, "");
        line(text, RULE);
        line(text, "✅ Assistant created successfully!");
        line(text, RULE);
        line(text, "Assistant created with ID: " + id);
        line(text, "Assistant ID: " + id);
        line(text, "Name: " + registered.assistant().name());
        line(text, "Model: " + model);
        if (!registered.assistant().functions().isEmpty()) {
            line(text, "Tools: ['function']");
        }
        line(text, "");
        line(text, "📝 To use this assistant:");
        line(text, "1. Update your configuration with assistant_id: '%s'".formatted(id));
        line(text, "2. Run the assistant service with this ID");
        if (saved != null) {
            line(text, "");
            line(text, "💾 Runtime configuration saved to: " + saved);
            line(text, "   You can use this directly with the assistant service.");
        }
        line(text, RULE);
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
