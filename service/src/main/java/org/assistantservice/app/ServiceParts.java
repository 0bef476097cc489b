package org.assistantservice.app;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.AssistantDirectory;
import org.assistantservice.assistant.AssistantFolders;
import org.assistantservice.assistant.AssistantRegistration;
import org.assistantservice.assistant.AssistantSettings;
import org.assistantservice.assistant.AssistantStore;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.assistant.FolderAssistantStore;
import org.assistantservice.assistant.gcs.GcsAssistantStore;
import org.assistantservice.assistant.gcs.GcsSettings;
import org.assistantservice.dispatch.ActionExecutor;
import org.assistantservice.dispatch.ActionLimits;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.knowledge.FileSettings;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.knowledge.ThreadFiles;
import org.assistantservice.knowledge.ThreadsWithFiles;
import org.assistantservice.model.ModelClient;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.plugin.ActionEnvironment;
import org.assistantservice.plugin.JarLimits;
import org.assistantservice.plugin.PackLibrary;
import org.assistantservice.plugin.PackSettings;
import org.assistantservice.protocol.openai.AssistantOffer;
import org.assistantservice.record.RecordStore;
import org.assistantservice.run.AssistantTools;
import org.assistantservice.run.LiveRunStreams;
import org.assistantservice.run.RunEngine;
import org.assistantservice.run.RunLimits;
import org.assistantservice.run.RunReads;
import org.assistantservice.run.RunStreams;
import org.assistantservice.run.RunWorkers;
import org.assistantservice.run.Runs;
import org.assistantservice.server.Chore;
import org.assistantservice.server.HealthProblems;
import org.assistantservice.server.StoreProbe;
import org.assistantservice.store.EmbeddedStore;
import org.assistantservice.store.StoreSettings;
import org.assistantservice.thread.ThreadAliases;
import org.assistantservice.thread.ThreadStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every long-lived object behind the HTTP server: made in the order in which they need each other,
/// closed in reverse. The HTTP rooms find them in the application context.
final class ServiceParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("BOOTSTRAP");
    private static final Duration HOUSEKEEPING = Duration.ofHours(1);
    private static final String DEFAULT_MODEL = "assistant-service.model.default-model";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ApplicationContext context;
    private final Map<String, String> environment;
    private final Clock clock = Clock.systemUTC();
    private final Instant opening = clock.instant();
    private final PackLibrary packs;
    private final ActionSource actions;
    private final AssistantDirectory assistants;
    private final RunEngine engine;
    private final FileStore files;
    private final Housekeeping housekeeping;
    private final ThreadStore threads;

    private ServiceParts(
            ApplicationContext context,
            Map<String, String> environment,
            EmbeddedStore store,
            UnaryOperator<ActionSource> offered)
            throws InterruptedException {
        this.context = context;
        this.environment = environment;
        opened(store);
        try {
            ActionLimits limits = settings(ActionLimits.class);
            PackSettings packSettings = settings(PackSettings.class);
            packs = opened(packs(packSettings, limits));
            actions = offered.apply(packs);
            packs.scan();
            packs.deleteOldCopies(store.journal().packDigestsInUse());
            assistants = opened(directory(packSettings.directory()));
            assistants.start();
            var tools = new AssistantTools(actions);
            String defaultModel = context.getRequiredProperty(DEFAULT_MODEL, String.class);
            files = new FileStore(store.records(), settings(FileSettings.class), clock);
            threads = new ThreadsWithFiles(store.threads(), files);
            context.registerSingleton(Chore.class, new FileSweep(files, threads, clock, opening));
            engine = engine(store, limits, tools, defaultModel);
            engine.workers().takeUpOrphans();
            publish(store);
            context.registerSingleton(AssistantTools.class, tools);
            context.registerSingleton(AssistantOffer.class, new Offer(tools, defaultModel));
            housekeeping =
                    opened(
                            new Housekeeping(
                                    () -> context.getBeansOfType(Chore.class), HOUSEKEEPING));
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /// Opens the store, which the other parts need.
    ///
    /// @throws org.assistantservice.store.StoreOpenException if it cannot be used
    static EmbeddedStore openStore(ApplicationContext context, Map<String, String> environment) {
        StoreSettings settings = context.getBean(StoreSettings.class);
        if (!settings.problems().isEmpty()) {
            throw new ConfigurationException(settings.problems());
        }
        return EmbeddedStore.open(settings, environment.get("K_SERVICE"), InstantSource.system());
    }

    /// Makes everything else, with packs loaded and assistants registered, but no run under way
    /// yet.
    ///
    /// @param store closed with the other parts, also if they cannot be made
    /// @param offered from the packs' actions to those that assistants may call
    static ServiceParts open(
            ApplicationContext context,
            Map<String, String> environment,
            EmbeddedStore store,
            UnaryOperator<ActionSource> offered)
            throws InterruptedException {
        return new ServiceParts(context, environment, store, offered);
    }

    /// Begins to watch for changes and to drive runs.
    void start() {
        packs.onChange(assistants::refresh);
        packs.start();
        engine.workers().start();
        housekeeping.start();
    }

    RunWorkers workers() {
        return engine.workers();
    }

    @Override
    public void close() {
        for (AutoCloseable part : opened.reversed()) {
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("{} did not close", part.getClass().getSimpleName(), e);
            }
        }
    }

    private PackLibrary packs(PackSettings settings, ActionLimits limits) {
        Path actionData = settings.actionDataDirectory();
        return PackLibrary.of(
                settings,
                settings(JarLimits.class),
                new ActionEnvironment(environment::get, actionData, limits));
    }

    private AssistantDirectory directory(Path folders) {
        AssistantSettings settings = settings(AssistantSettings.class);
        AssistantStore store = assistantStore(settings);
        return new AssistantDirectory(
                store,
                new AssistantFolders(folders),
                new AssistantRegistration(store, actions, settings, clock),
                actions,
                settings);
    }

    private AssistantStore assistantStore(AssistantSettings settings) {
        if ("production".equals(environment.get("ENVIRONMENT"))) {
            return GcsAssistantStore.open(settings(GcsSettings.class));
        }
        return new FolderAssistantStore(settings.configsDirectory());
    }

    private RunEngine engine(
            EmbeddedStore store, ActionLimits limits, AssistantTools tools, String defaultModel) {
        RunLimits runLimits = settings(RunLimits.class);
        var streams = new LiveRunStreams(store.runReads(), runLimits, clock);
        context.registerSingleton(RunStreams.class, streams);
        ModelClient model = ModelChoice.open(context);
        if (model instanceof AutoCloseable closeable) {
            opened(closeable);
        }
        RunEngine made =
                RunEngine.of(
                        new RunWorkers.Parts(
                                store.journal(),
                                store.runReads(),
                                streams,
                                actions,
                                runLimits,
                                clock),
                        new ActionExecutor(clock, limits, new ThreadFiles(files, threads)),
                        model,
                        tools,
                        defaultModel,
                        ProcessFailpoints.of(environment.getOrDefault("FAILPOINT", "")));
        opened(made.workers());
        return made;
    }

    private void publish(EmbeddedStore store) {
        context.registerSingleton(Clock.class, clock);
        context.registerSingleton(Runs.class, engine.runs());
        context.registerSingleton(RunReads.class, store.runReads());
        context.registerSingleton(ThreadStore.class, threads);
        context.registerSingleton(RecordStore.class, store.records());
        context.registerSingleton(FileStore.class, files);
        context.registerSingleton(ThreadAliases.class, store.aliases());
        context.registerSingleton(Assistants.class, assistants);
        context.registerSingleton(StoreProbe.class, () -> store.problem().isEmpty());
        context.registerSingleton(HealthProblems.class, new PackHealth(packs));
    }

    private <T> T settings(Class<T> type) {
        return context.getBean(type);
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }

    /// What assistants come to with the packs of this moment.
    private record Offer(AssistantTools assistantTools, String defaultModel)
            implements AssistantOffer {
        @Override
        public List<ToolSpec> tools(Assistant assistant) {
            return assistantTools.of(assistant);
        }

        @Override
        public String model(Assistant assistant) {
            return assistant.modelOr(defaultModel);
        }
    }
}
