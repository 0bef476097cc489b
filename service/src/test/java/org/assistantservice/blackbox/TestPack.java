package org.assistantservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assistantservice.plugin.PackJars;

/// The pack of the acceptance cases: `get_weather` and actions that misbehave in every way,
/// compiled here and dropped as a JAR with its `assistant.json`.
final class TestPack {
    static final String NAME = "Weather Assistant";
    static final String GREETING = "Hello! Ask me about the weather.";

    private static final String SOURCE =
            """
            package demo;

            import java.nio.file.*;
            import java.util.List;
            import org.assistantservice.actions.*;

            public final class WeatherActions {
                public record Reading(String city, int degrees) {}

                @Action(name = "get_weather", description = "Current weather for a city.",
                        effect = Effect.READ_ONLY)
                public String weather(@Param("City, e.g. Paris") String location) {
                    return "The weather in " + location + " is sunny and 72°F";
                }

                @Action(name = "slow", description = "Waits, then answers.", effect = Effect.READ_ONLY)
                public String slow(@Param("How long, in milliseconds") int millis)
                        throws InterruptedException {
                    Thread.sleep(millis);
                    return "waited " + millis;
                }

                @Action(name = "sleepy", description = "Takes longer than it may.",
                        effect = Effect.READ_ONLY, timeout = "1s")
                public String sleepy() throws InterruptedException {
                    Thread.sleep(20_000);
                    return "never";
                }

                @Action(name = "fails", description = "Always fails.")
                public String fails() {
                    throw new ActionException("limit must be 1 to 20");
                }

                @Action(name = "number", description = "A number.", effect = Effect.READ_ONLY)
                public int number() {
                    return 5;
                }

                @Action(name = "truth", description = "A boolean.", effect = Effect.READ_ONLY)
                public boolean truth() {
                    return true;
                }

                @Action(name = "nothing", description = "Nothing.", effect = Effect.READ_ONLY)
                public void nothing() {}

                @Action(name = "reading", description = "A record.", effect = Effect.READ_ONLY)
                public Reading reading() {
                    return new Reading("Paris", 22);
                }

                @Action(name = "cities", description = "A list.", effect = Effect.READ_ONLY)
                public List<String> cities() {
                    return List.of("Paris", "Rome");
                }

                @Action(name = "record_once", description = "Writes a line.", effect = Effect.ONCE)
                public String once(@Param("The line") String line, ActionContext context)
                        throws Exception {
                    return witness(line, context);
                }

                @Action(name = "record_again", description = "Writes a line, harmlessly again.",
                        effect = Effect.IDEMPOTENT)
                public String again(@Param("The line") String line, ActionContext context)
                        throws Exception {
                    return witness(line, context);
                }

                @Action(name = "record_read", description = "Says that it only reads.",
                        effect = Effect.READ_ONLY)
                public String read(@Param("The line") String line, ActionContext context)
                        throws Exception {
                    return witness(line, context);
                }

                @Action(name = "hidden", description = "Not offered to the assistant.")
                public String hidden(ActionContext context) throws Exception {
                    return witness("hidden", context);
                }

                private static String witness(String line, ActionContext context) throws Exception {
                    Path file = Path.of(System.getenv("WITNESS"));
                    try (var out = java.nio.channels.FileChannel.open(file,
                            StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                        out.write(java.nio.ByteBuffer.wrap(
                                (line + " " + context.idempotencyKey() + "\\n").getBytes()));
                        out.force(true);
                    }
                    return "written: " + line;
                }
            }
            """;

    private TestPack() {}

    /// Drops JAR and configuration into `assistants/weather`.
    static void drop(ServiceProcess service) throws IOException {
        Path folder = Files.createDirectories(service.assistantsDir().resolve("weather"));
        PackJars.in(folder).source("demo.WeatherActions", SOURCE).jar("weather.jar");
        Files.writeString(folder.resolve("assistant.json"), config(NAME, GREETING));
    }

    /// An assistant with every action of the pack but `hidden`.
    static String config(String name, String greeting) {
        return """
        {
          "assistant_name": "%s",
          "initial_message": "%s",
          "instructions": "You tell people about the weather.",
          "model": "scripted",
          "function_names": ["get_weather", "slow", "sleepy", "fails", "number", "truth",
                             "nothing", "reading", "cities", "record_once", "record_again",
                             "record_read"]
        }
        """
                .formatted(name, greeting);
    }
}
