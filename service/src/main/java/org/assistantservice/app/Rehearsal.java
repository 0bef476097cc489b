package org.assistantservice.app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assistantservice.app.logging.LogSetup;
import org.assistantservice.app.rehearsal.RehearsedAction;
import org.assistantservice.app.rehearsal.ScriptedEndpoint;
import org.assistantservice.app.rehearsal.SelfChat;
import org.assistantservice.plugin.ActionDefinitionException;
import org.assistantservice.plugin.ActionEnvironment;
import org.assistantservice.plugin.ClassPathActions;
import org.assistantservice.store.EmbeddedStore;
import org.assistantservice.store.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A conversation with a second service in this process, before the first listens: its store is a
/// folder of its own, its model an endpoint on the loopback, its action one of our own. It runs
/// through the code that the first user would otherwise wait for, and leaves nothing behind.
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger("BOOTSTRAP");
    private static final String NAME = "rehearsal";
    private static final String FOLDER = "." + NAME;
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

    private final Thread thread = new Thread(this::rehearse, NAME);

    /// The conversation is over, whatever became of it; only its stage is still cleared.
    private final CountDownLatch spoken = new CountDownLatch(1);

    private final RehearsalSettings settings;
    private final Path folder;
    private final Map<String, Object> ownConfiguration;
    private volatile boolean wentWell;

    private Rehearsal(
            RehearsalSettings settings, Path folder, Map<String, Object> ownConfiguration) {
        this.settings = settings;
        this.folder = folder;
        this.ownConfiguration = ownConfiguration;
    }

    /// Starts the second service aside, and the conversation with it, if there is to be one. What
    /// goes wrong in it is no failure: the service starts without having rehearsed.
    ///
    /// @param context of the service that starts, whose store is open: the rehearsal's folder is
    ///   below it
    static Rehearsal begin(ApplicationContext context) {
        Path folder = context.getBean(StoreSettings.class).directory().resolve(FOLDER);
        var rehearsal =
                new Rehearsal(
                        context.getBean(RehearsalSettings.class),
                        folder,
                        ownConfiguration(context.getEnvironment()));
        rehearsal.thread.setDaemon(true);
        rehearsal.thread.start();
        return rehearsal;
    }

    /// Returns when the conversation is over, or after the time that is set for it; what is left
    /// then, such as closing the second service, goes on aside.
    void finish() throws InterruptedException {
        if (!settings.isOn()) {
            return;
        }
        long asked = System.nanoTime();
        boolean isOver = spoken.await(settings.limit().toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug(
                "The rehearsal {}; waited {} ms",
                isOver && wentWell ? "went well" : "goes on or failed",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked));
    }

    /// Waits until nothing of it is left, which takes a moment after the conversation.
    ///
    /// @return false if something is still there when the time is over
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }

    private void rehearse() {
        try (var _ = LogSetup.onlyWarnings()) {
            // A crash may have left it.
            delete(folder);
            if (settings.isOn()) {
                Path pack = Files.createDirectories(folder.resolve("packs").resolve(NAME));
                Files.writeString(pack.resolve("assistant.json"), ASSISTANT);
                converse();
            }
        } catch (IOException | ActionDefinitionException | RuntimeException e) {
            LOG.warn("The rehearsal failed; the first answer will take longer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            spoken.countDown();
        }
    }

    private void converse() throws IOException, InterruptedException, ActionDefinitionException {
        try (var model = ScriptedEndpoint.open(Rehearsal::answer)) {
            perform(environment(folder, model.baseUrl()));
        } finally {
            delete(folder);
        }
    }

    private void perform(Map<String, String> environment)
            throws IOException, InterruptedException, ActionDefinitionException {
        var given = new ActionEnvironment(environment::get, folder.resolve("actions"));
        List<Class<?>> classes = List.of(RehearsedAction.class);
        try (ClassPathActions actions = ClassPathActions.bind(NAME, classes, given);
                ApplicationContext context = isolated(environment).start();
                ServiceParts parts = parts(context, environment, actions);
                EmbeddedServer server = context.getBean(EmbeddedServer.class).start()) {
            parts.start();
            chat(server.getPort());
            wentWell = true;
            spoken.countDown();
        }
    }

    private static ServiceParts parts(
            ApplicationContext context, Map<String, String> environment, ClassPathActions actions)
            throws InterruptedException {
        EmbeddedStore store = ServiceParts.openStore(context, environment);
        var fixed = new FixedActions(actions.catalog());
        return ServiceParts.open(context, environment, store, _ -> fixed);
    }

    /// A context of the service's own configuration file alone: the user's settings have other
    /// names too (`ASSISTANT_SERVICE_STORE_DIRECTORY`, system properties, files), which must lead
    /// neither to their store nor to their model or port. Variables that the file names still count
    /// where [#environment] does not have them; those do no harm here.
    private ApplicationContextBuilder isolated(Map<String, String> environment) {
        Map<String, Object> all = new HashMap<>(ownConfiguration);
        all.putAll(environment);
        return ServiceProcess.context(all)
                .environmentPropertySource(false)
                .enableDefaultPropertySources(false);
    }

    /// What `application.yml` says, with its placeholders.
    private static Map<String, Object> ownConfiguration(Environment environment) {
        Map<String, Object> all = new HashMap<>();
        for (PropertySource source : environment.getPropertySources()) {
            if (source.getName().equals(Environment.DEFAULT_NAME)) {
                source.forEach(name -> all.put(name, source.get(name)));
            }
        }
        return all;
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
    private static Map<String, String> environment(Path folder, String model) {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", "-1");
        environment.put("PROTOCOLS", "chat");
        environment.put("ENVIRONMENT", "development");
        environment.put("API_KEYS", "");
        environment.put("DATABASE_URL", "");
        environment.put("ASSISTANT_ID", "");
        environment.put("DATA_DIR", folder.toString());
        environment.put("ASSISTANTS_DIR", folder.resolve("packs").toString());
        environment.put("MODEL_PROVIDER", "openai");
        environment.put("OPENAI_API_KEY", "none");
        environment.put("OPENAI_BASE_URL", model);
        return environment;
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
