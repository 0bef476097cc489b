package org.assistantservice.app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.assistantservice.server.Draining;
import org.assistantservice.store.EmbeddedStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running service: starts everything and, on SIGTERM, drains and stops it within 9 seconds.
final class ServiceProcess {
    private static final Logger LOG = LoggerFactory.getLogger("MAIN");

    /// How long runs under way may go on after SIGTERM.
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /// How long clients may then take for what was said to them last; one on long-polling has yet
    /// to ask for it.
    private static final Duration FAREWELL = Duration.ofMillis(1_500);

    /// When the process ends at the latest after SIGTERM, and its exit code then.
    private static final Duration STOP_LIMIT = Duration.ofMillis(8_800);

    /// How long a stop waits for a rehearsal that only just ended, or that took too long.
    private static final Duration REHEARSAL_END = Duration.ofSeconds(1);

    private static final int TERMINATED = 143;

    /// Above `application.yml`, the real environment and system properties.
    private static final int OVERRIDES = 1_000;

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final ServiceParts parts;
    private final Rehearsal rehearsal;

    private ServiceProcess(
            ApplicationContext context,
            EmbeddedServer server,
            ServiceParts parts,
            Rehearsal rehearsal) {
        this.context = context;
        this.server = server;
        this.parts = parts;
        this.rehearsal = rehearsal;
    }

    /// Starts the service; on return it serves.
    ///
    /// @param environment the whole environment, launch options and `.env` included
    /// @param overrides what the real environment does not have, or has differently
    /// @param started when the process began, by `System.nanoTime`
    /// @throws IOException if the address cannot be listened on
    static void start(Map<String, String> environment, Map<String, String> overrides, long started)
            throws IOException, InterruptedException {
        ApplicationContext context = context(overrides).start();
        List<String> problems = SettingsCheck.problems(context);
        if (!problems.isEmpty()) {
            // Closing would make beans of these settings; nothing is open yet.
            throw new ConfigurationException(problems);
        }
        Rehearsal rehearsal;
        ServiceParts parts;
        try {
            EmbeddedStore store = ServiceParts.openStore(context, environment);
            rehearsal = Rehearsal.begin(context);
            parts = ServiceParts.open(context, environment, store, UnaryOperator.identity());
        } catch (RuntimeException | InterruptedException e) {
            context.close();
            throw e;
        }
        EmbeddedServer made = context.getBean(EmbeddedServer.class);
        // Whoever finds the port open finds a service that has rehearsed.
        rehearsal.finish();
        EmbeddedServer server = listen(made);
        var process = new ServiceProcess(context, server, parts, rehearsal);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("drain").unstarted(process::stop));
        parts.start();
        BootReport.log(context, environment);
        LOG.info(
                "assistant-service ready on {}:{} in {} ms",
                server.getHost(),
                server.getPort(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }

    private static EmbeddedServer listen(EmbeddedServer server) throws IOException {
        try {
            return server.start();
        } catch (ServerStartupException e) {
            Throwable cause = e.getCause();
            throw new IOException(
                    "cannot listen on %s:%d: %s"
                            .formatted(
                                    server.getHost(),
                                    server.getPort(),
                                    cause == null ? e.getMessage() : cause.getMessage()),
                    e);
        }
    }

    /// @param overrides stand above `application.yml` and all other sources of settings
    static ApplicationContextBuilder context(Map<String, ?> overrides) {
        Map<String, Object> all = new LinkedHashMap<>(overrides);
        return ApplicationContext.builder()
                .mainClass(Application.class)
                .banner(false)
                .deduceEnvironment(false)
                .propertySources(
                        PropertySource.of("overrides", all, OVERRIDES), new Variables(all));
    }

    /// Overrides that have names of variables, read as the real environment's are: so `.env` may
    /// hold `ASSISTANT_SERVICE_RUN_LEASE`.
    private static final class Variables extends MapPropertySource {
        Variables(Map<String, Object> overrides) {
            super("override-variables", withNamesOfVariables(overrides));
        }

        private static Map<String, Object> withNamesOfVariables(Map<String, Object> overrides) {
            Map<String, Object> variables = new LinkedHashMap<>(overrides);
            variables.keySet().removeIf(name -> !name.startsWith("ASSISTANT_SERVICE_"));
            return variables;
        }

        @Override
        public PropertyConvention getConvention() {
            return PropertyConvention.ENVIRONMENT_VARIABLE;
        }

        @Override
        public int getOrder() {
            return OVERRIDES;
        }
    }

    /// Whatever hangs, the process is gone before it would be killed; the store is always
    /// consistent.
    private static void haltWhenLate() {
        try {
            TimeUnit.MILLISECONDS.sleep(STOP_LIMIT.toMillis());
            LOG.error("Not stopped after {} s: the process ends now", STOP_LIMIT.toSeconds());
            Runtime.getRuntime().halt(TERMINATED);
        } catch (InterruptedException e) {
            LOG.debug("Stopped in time", e);
        }
    }

    /// New turns are refused, runs under way finish or are handed over, streams end with a hint.
    private void stop() {
        Thread limit =
                Thread.ofPlatform().daemon().name("stop-limit").start(ServiceProcess::haltWhenLate);
        LOG.info("Stopping: no new turns; runs under way may take {} s", PATIENCE.toSeconds());
        Draining draining = context.getBean(Draining.class);
        draining.begin();
        try {
            parts.workers().drain(PATIENCE);
            draining.awaitFarewells(FAREWELL);
            if (!rehearsal.awaitEnd(REHEARSAL_END)) {
                LOG.warn("The rehearsal still goes on; the next start deletes its folder");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
        parts.close();
        LOG.info("Stopped");
        // What the JVM does afterwards, such as writing an AOT cache, has no limit.
        limit.interrupt();
    }
}
