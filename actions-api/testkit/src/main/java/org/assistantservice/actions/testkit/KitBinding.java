package org.assistantservice.actions.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assistantservice.dispatch.ActionCall;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionExecutor;
import org.assistantservice.dispatch.ActionLimits;
import org.assistantservice.dispatch.ActionOutcome;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.AssistantScope;
import org.assistantservice.dispatch.CallContext;
import org.assistantservice.dispatch.CancelToken;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.plugin.ActionDefinitionException;
import org.assistantservice.plugin.ActionEnvironment;
import org.assistantservice.plugin.ClassPathActions;

/// Bound actions and the run that calls them.
///
/// @param progress takes what actions tell the user
record KitBinding(ClassPathActions actions, Path dataDirectory, Consumer<String> progress) {
    private static final String PACK = "testkit";
    private static final String ASSISTANT = "asst_testkit";
    private static final Duration RUN_TIME = Duration.ofMinutes(10);

    static KitBinding of(
            List<Class<?>> classes,
            Map<String, String> environment,
            Path dataDirectory,
            Consumer<String> progress)
            throws ActionDefinitionException {
        try {
            ClassPathActions actions =
                    ClassPathActions.bind(
                            PACK, classes, new ActionEnvironment(environment::get, dataDirectory));
            return new KitBinding(actions, dataDirectory, progress);
        } catch (ActionDefinitionException e) {
            delete(dataDirectory);
            throw e;
        }
    }

    ActionDefinition definition(String action) {
        return actions.catalog()
                .find(new ActionRef(PACK, action))
                .orElseThrow(() ->
                        new AssertionError(
                                "There is no action '%s'; there are %s".formatted(action, names())))
                .definition();
    }

    ActionOutcome call(String action, String argumentsJson, String settingsJson) {
        ActionExecutor executor = new ActionExecutor(InstantSource.system(), ActionLimits.STANDARD);
        CorrelationId correlation = CorrelationId.random();
        ActionCall call = new ActionCall(CallId.random(), action, argumentsJson);
        ActionRef ref = new ActionRef(PACK, action);
        return switch (executor.check(actions.catalog(), ref, call, correlation)) {
            case ActionExecutor.Refused(var refused) -> refused;
            case ActionExecutor.Ready ready -> {
                try {
                    yield executor.execute(ready, context(call.id(), correlation, settingsJson));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("The test was interrupted", e);
                }
            }
        };
    }

    void close() {
        actions.close();
        delete(dataDirectory);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CallContext context(CallId id, CorrelationId correlation, String settingsJson) {
        RunId run = RunId.random();
        return new CallContext(
                run,
                ThreadId.random(),
                id,
                correlation,
                Principal.ANONYMOUS,
                run + "/1/0",
                Instant.now().plus(RUN_TIME),
                new AssistantScope(ASSISTANT, "1", settingsJson),
                new CancelToken(),
                progress);
    }

    private List<String> names() {
        return actions.catalog().definitions().stream().map(it -> it.ref().action()).toList();
    }
}
