package org.assistantservice.app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assistantservice.app.logging.LogSetup;
import org.assistantservice.app.rehearsal.RehearsedAction;
import org.assistantservice.app.rehearsal.ScriptedEndpoint;
import org.assistantservice.app.rehearsal.SelfChat;
import org.assistantservice.plugin.ActionDefinitionException;
import org.assistantservice.plugin.ActionEnvironment;
import org.assistantservice.plugin.ClassPathActions;
import org.assistantservice.store.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A conversation with a second service in this process, before the first listens: its store is a
/// folder of its own, its model an endpoint on the loopback, its action one of our own. It runs
/// through the code that the first user would otherwise wait for, and leaves nothing behind.
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger("BOOTSTRAP");
    private static final String FOLDER = "rehearsal";
    private static final String PACK = "rehearsal";
    private static final int ANSWER_TIMEOUT_MILLIS = 2_000;
    private static final String ASSISTANT =
            """
            {"assistant_name": "Rehearsal", "initial_message": "Hello", "instructions": "Rehearse.",
             "function_names": ["%s"]}
            """
                    .formatted(RehearsedAction.NAME);
    private static final List<String> CALL =
            List.of(
                    """
                    {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[\
                    {"index":0,"id":"call_1","type":"function",\
                    "function":{"name":"%s","arguments":""}}]}}]}\
                    """
                            .formatted(RehearsedAction.NAME),
                    """
                    {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,\
                    "function":{"arguments":"{\\"line\\":\\"To be\\"}"}}]}}]}\
                    """,
                    "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}");
    private static final String LINE = "Ready";
    private static final List<String> ANSWER =
            List.of(
                    "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}".formatted(LINE),
                    "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");

    private Rehearsal() {}

    /// Returns when the conversation is over, or its time is; then it goes on aside, heard in the
    /// log. What goes wrong in it is no failure: the service starts without having rehearsed.
    ///
    /// @param context of the service that starts; the rehearsal's folder is below its store's
    /// @param meanwhile what the service that starts can do at the same time
    static void run(ApplicationContext context, Runnable meanwhile) throws InterruptedException {
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
            meanwhile.run();
            Duration spent = Duration.ofNanos(System.nanoTime() - started);
            rehearsal.join(settings.limit().minus(spent));
        }
        LOG.debug(
                "Rehearsed for {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }

    private static void rehearse(Path folder) {
        try {
            // A crash may have left it.
            delete(folder);
            Path pack = Files.createDirectories(folder.resolve("packs").resolve(PACK));
            Files.writeString(pack.resolve("assistant.json"), ASSISTANT);
            try (var model = ScriptedEndpoint.open(Rehearsal::answer)) {
                perform(settings(folder, model.baseUrl()), folder);
            } finally {
                delete(folder);
            }
        } catch (IOException | ActionDefinitionException | RuntimeException e) {
            LOG.warn("The rehearsal failed; the first answer will take longer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void perform(Map<String, String> settings, Path folder)
            throws IOException, InterruptedException, ActionDefinitionException {
        var environment = new ActionEnvironment(settings::get, folder.resolve("actions"));
        List<Class<?>> classes = List.of(RehearsedAction.class);
        try (ClassPathActions actions = ClassPathActions.bind(PACK, classes, environment);
                ApplicationContext context = ServiceProcess.context(settings).start();
                ServiceParts parts =
                        ServiceParts.open(
                                context, settings, _ -> new FixedActions(actions.catalog()));
                EmbeddedServer server = context.getBean(EmbeddedServer.class).start()) {
            parts.start();
            chat(server.getPort());
        }
    }

    private static void chat(int port) throws IOException {
        var client = new SelfChat(port, ANSWER_TIMEOUT_MILLIS);
        String answer = client.chat("text/event-stream", "Hello");
        if (!answer.contains(LINE)) {
            throw new IOException("Unexpected answer: " + answer);
        }
    }

    /// Asks for the action, then speaks.
    private static List<String> answer(String request) {
        return request.contains("\"role\":\"tool\"") ? ANSWER : CALL;
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
