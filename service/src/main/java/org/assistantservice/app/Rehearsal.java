package org.assistantservice.app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assistantservice.app.logging.LogSetup;
import org.assistantservice.app.rehearsal.ScriptedEndpoint;
import org.assistantservice.app.rehearsal.SelfChat;
import org.assistantservice.store.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A conversation with a second service in this process, before the first is ready: its store is a
/// folder of its own, its model an endpoint on the loopback. It runs through the code that the
/// first user would otherwise wait for, and leaves nothing behind.
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger("BOOTSTRAP");
    private static final String FOLDER = "rehearsal";
    private static final int CHATS = 2;
    private static final int ANSWER_TIMEOUT_MILLIS = 2_000;
    private static final List<String> ANSWER =
            List.of(
                    "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Ready\"}}]}",
                    "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");

    private Rehearsal() {}

    /// Returns when the conversation is over, or its time is; then it goes on aside, heard in the
    /// log. What goes wrong in it is no failure: the service starts without having rehearsed.
    ///
    /// @param context of the service that starts; the rehearsal's folder is below its store's
    static void run(ApplicationContext context) throws InterruptedException {
        RehearsalSettings settings = context.getBean(RehearsalSettings.class);
        if (!settings.isOn()) {
            return;
        }
        Path folder = context.getBean(StoreSettings.class).directory().resolve(FOLDER);
        long started = System.nanoTime();
        Thread rehearsal =
                Thread.ofPlatform().daemon().name("rehearsal").unstarted(() -> rehearse(folder));
        try (var _ = LogSetup.onlyWarnings()) {
            rehearsal.start();
            rehearsal.join(settings.limit());
        }
        LOG.debug(
                "Rehearsed for {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }

    private static void rehearse(Path folder) {
        try {
            // A crash may have left it.
            delete(folder);
            Files.createDirectories(folder.resolve("packs"));
            try (var model = ScriptedEndpoint.open(_ -> ANSWER)) {
                chat(folder, model.baseUrl());
            } finally {
                delete(folder);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The rehearsal failed; the first answer will take longer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void chat(Path folder, String model) throws IOException, InterruptedException {
        Map<String, String> settings = settings(folder, model);
        try (ApplicationContext context = ServiceProcess.context(settings).start();
                ServiceParts parts = ServiceParts.open(context, settings);
                EmbeddedServer server = context.getBean(EmbeddedServer.class).start()) {
            parts.start();
            var client = new SelfChat(server.getPort(), ANSWER_TIMEOUT_MILLIS);
            for (int i = 0; i < CHATS; i++) {
                client.chat("text/event-stream", "Hello");
            }
        }
    }

    /// Everything that the user's environment may set otherwise and that would matter here.
    private static Map<String, String> settings(Path folder, String model) {
        Map<String, String> settings = new HashMap<>();
        settings.put("HOST", "127.0.0.1");
        settings.put("PORT", "-1");
        settings.put("PROTOCOLS", "chat");
        settings.put("ENVIRONMENT", "development");
        settings.put("API_KEYS", "");
        settings.put("ASSISTANT_ID", "");
        settings.put("DATA_DIR", folder.toString());
        settings.put("ASSISTANTS_DIR", folder.resolve("packs").toString());
        settings.put("MODEL_PROVIDER", "openai");
        settings.put("OPENAI_API_KEY", "none");
        settings.put("OPENAI_BASE_URL", model);
        return settings;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
