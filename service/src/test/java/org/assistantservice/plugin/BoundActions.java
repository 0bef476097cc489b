package org.assistantservice.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/// The actions of some classes, bound as pack `test` and called through the real executor.
final class BoundActions implements AutoCloseable {
    static final String PACK = "test";
    static final Map<String, String> ENVIRONMENT =
            Map.of("TOKEN", "s3cret", "LOOP", "${LOOP}", "HOST", "example.com");

    final List<String> progress = new ArrayList<>();
    final CancelToken cancel = new CancelToken();

    private final ClassPathActions actions;
    private final ActionExecutor executor =
            new ActionExecutor(InstantSource.system(), ActionLimits.STANDARD);

    private BoundActions(ClassPathActions actions) {
        this.actions = actions;
    }

    static BoundActions of(Class<?>... classes) throws ActionDefinitionException {
        return in(Path.of("target", "action-data"), classes);
    }

    static BoundActions in(Path dataDirectory, Class<?>... classes)
            throws ActionDefinitionException {
        return new BoundActions(
                ClassPathActions.bind(
                        PACK,
                        List.of(classes),
                        new ActionEnvironment(ENVIRONMENT::get, dataDirectory)));
    }

    ActionDefinition definition(String name) {
        return actions.catalog().find(new ActionRef(PACK, name)).orElseThrow().definition();
    }

    String call(String name, String arguments) throws InterruptedException {
        return call(name, arguments, "{}");
    }

    String call(String name, String arguments, String settings) throws InterruptedException {
        return outcome(name, arguments, new AssistantScope("asst_1", "v1", settings)).output();
    }

    ActionOutcome outcome(String name, String arguments, AssistantScope scope)
            throws InterruptedException {
        ActionExecutor.Check check =
                executor.check(
                        actions.catalog(),
                        new ActionRef(PACK, name),
                        new ActionCall(new CallId("call_1"), name, arguments),
                        new CorrelationId("12345678-a"));
        return switch (check) {
            case ActionExecutor.Refused(var refused) -> refused;
            case ActionExecutor.Ready ready -> executor.execute(ready, context(scope));
        };
    }

    private CallContext context(AssistantScope scope) {
        return new CallContext(
                RunId.random(),
                ThreadId.random(),
                new CallId("call_1"),
                new CorrelationId("12345678-a"),
                Principal.ANONYMOUS,
                "run_1/2/0",
                Instant.now().plus(Duration.ofMinutes(1)),
                scope,
                cancel,
                progress::add);
    }

    @Override
    public void close() {
        actions.close();
    }
}
