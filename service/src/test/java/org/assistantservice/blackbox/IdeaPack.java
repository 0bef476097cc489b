package org.assistantservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assistantservice.plugin.PackJars;

/// An assistant `Brainstormer` whose `save_idea` cannot save what contains `unsaveable`, and which
/// can wait.
final class IdeaPack {
    static final String NAME = "Brainstormer";

    private static final String SOURCE =
            """
            package demo;

            import org.assistantservice.actions.*;

            public final class IdeaActions {
                @Action(name = "save_idea", description = "Saves an idea.",
                        effect = Effect.IDEMPOTENT)
                public String save(@Param("The idea") String text) {
                    if (text.contains("unsaveable")) {
                        throw new ActionException("the store of ideas is full");
                    }
                    return "Idea saved";
                }

                @Action(name = "ponder", description = "Waits.", effect = Effect.READ_ONLY,
                        timeout = "60s")
                public String ponder(@Param("How long, in milliseconds") int millis)
                        throws InterruptedException {
                    Thread.sleep(millis);
                    return "pondered";
                }
            }
            """;

    private static final String CONFIG =
            """
            {
              "assistant_name": "Brainstormer",
              "initial_message": "What shall we think about?",
              "instructions": "You help to brainstorm.",
              "model": "scripted",
              "function_names": ["save_idea", "ponder"]
            }
            """;

    private IdeaPack() {}

    /// Drops JAR and configuration into `assistants/brainstorm`.
    static void drop(ServiceProcess service) throws IOException {
        Path folder = Files.createDirectories(service.assistantsDir().resolve("brainstorm"));
        PackJars.in(folder).source("demo.IdeaActions", SOURCE).jar("brainstorm.jar");
        Files.writeString(folder.resolve("assistant.json"), CONFIG);
    }
}
