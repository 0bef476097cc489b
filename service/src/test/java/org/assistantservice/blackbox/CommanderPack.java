package org.assistantservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assistantservice.plugin.PackJars;

/// A template for the assistants of the commander protocol, with the actions that its contract
/// names and others that draw and fail.
final class CommanderPack {
    /// The first bytes of every PNG.
    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private static final String SOURCE =
            """
            package demo;

            import java.net.URI;
            import java.net.http.*;
            import org.assistantservice.actions.*;

            public final class CommanderActions {
                @Action(name = "get_stock_price", effect = Effect.READ_ONLY, description =
                        "Retrieve the latest closing price of a stock using its ticker symbol.")
                public double price(@Param("The ticker symbol of the stock") String symbol)
                        throws Exception {
                    try (var http = HttpClient.newHttpClient()) {
                        return Double.parseDouble(http.send(
                                HttpRequest.newBuilder(
                                        URI.create(System.getenv("QUOTES") + symbol)).build(),
                                HttpResponse.BodyHandlers.ofString()).body());
                    }
                }

                @Action(name = "send_email", description = "Sends an email to a recipient(s).")
                public String send(@Param("to") String to, @Param("content") String content) {
                    return "Email sent";
                }

                @Action(name = "draw", description = "Draws.", effect = Effect.READ_ONLY)
                public String draw(@Param("The type, e.g. image/png") String type,
                        ActionContext context) {
                    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\\r', '\\n', 0x1a, '\\n'};
                    return context.keepFile("chart.png", type, png);
                }

                @Action(name = "hoard", description = "Keeps too much.", effect = Effect.READ_ONLY)
                public String hoard(ActionContext context) {
                    return context.keepFile("a.bin", "a/b", new byte[11 * 1024 * 1024]);
                }

                @Action(name = "fails", description = "Always fails.")
                public String fails() {
                    throw new ActionException("not today");
                }
            }
            """;

    private CommanderPack() {}

    /// Drops JAR and configuration into `assistants/analyst`.
    static void drop(ServiceProcess service) throws IOException {
        Path folder = Files.createDirectories(service.assistantsDir().resolve("analyst"));
        PackJars.in(folder).source("demo.CommanderActions", SOURCE).jar("analyst.jar");
        Files.writeString(
                folder.resolve("assistant.json"),
                """
                {"assistant_name": "analyst", "instructions": "Template.", "model": "scripted",
                 "initial_message": "Hello!", "function_names":
                 ["get_stock_price", "send_email", "draw", "hoard", "fails"]}
                """);
    }
}
