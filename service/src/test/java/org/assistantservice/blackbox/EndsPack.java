package org.assistantservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assistantservice.plugin.PackJars;

/// An assistant for every protocol whose action tells the model which run it was called in.
final class EndsPack {
    static final String NAME = "Witness";
    static final String ACTION = "which_run";

    private static final String SOURCE =
            """
            package demo;

            import org.assistantservice.actions.*;

            public final class WitnessActions {
                @Action(name = "which_run", description = "Names the run.",
                        effect = Effect.READ_ONLY)
                public String which(ActionContext context) {
                    return context.correlationId() + " " + context.runId();
                }
            }
            """;

    private static final String CONFIG =
            """
            {
              "assistant_name": "Witness",
              "initial_message": "Hello!",
              "instructions": "You know who you are.",
              "model": "scripted",
              "function_names": ["which_run"]
            }
            """;

    private EndsPack() {}

    /// Drops JAR and configuration, and has every protocol answer with that assistant.
    static void drop(ServiceProcess service) throws IOException {
        Path folder = Files.createDirectories(service.assistantsDir().resolve("witness"));
        PackJars.in(folder).source("demo.WitnessActions", SOURCE).jar("witness.jar");
        Files.writeString(folder.resolve("assistant.json"), CONFIG);
        service.with("ASSISTANT_ID", NAME)
                .with("STATELESS_ASSISTANT_ID", NAME)
                .with("BRAINSTORM_ASSISTANT_ID", NAME)
                .with("JELLYCHAT_ASSISTANT_ID", NAME)
                .with("COMMANDER_TEMPLATE", NAME);
    }
}
