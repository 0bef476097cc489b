package org.assistantservice.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionPool;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.ArgumentCheck;
import org.assistantservice.dispatch.CallContext;

/// An action of the pack `demo` with a body of the test's choice, which remembers its calls. The
/// arguments `[]` are invalid to it.
final class FakeAction implements ActionInvoker {
    static final String PACK = "demo";

    private final String name;
    private final Effect effect;
    private final ActionPool pool;
    private final Body body;
    private final List<CallContext> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);

    /// What the action does.
    interface Body {
        String run(CallContext context) throws ActionFailedException, InterruptedException;
    }

    FakeAction(String name, Effect effect, Body body) {
        this.name = name;
        this.effect = effect;
        this.body = body;
        this.pool = new ActionPool(PACK, 4, 4);
    }

    /// An action that gives one result.
    static FakeAction returning(String name, Effect effect, String result) {
        return new FakeAction(name, effect, _ -> result);
    }

    /// An action that lasts until it is interrupted.
    static FakeAction hanging(String name, Effect effect) {
        return new FakeAction(
                name,
                effect,
                _ -> {
                    new CountDownLatch(1).await();
                    return "never";
                });
    }

    static ActionRef ref(String name) {
        return new ActionRef(PACK, name);
    }

    @Override
    public ActionDefinition definition() {
        return new ActionDefinition(
                ref(name),
                "Does it.",
                "{\"type\":\"object\"}",
                true,
                effect,
                Duration.ofMinutes(1),
                "Running");
    }

    @Override
    public ActionPool pool() {
        return pool;
    }

    @Override
    public ArgumentCheck check(String argumentsJson) {
        return argumentsJson.equals("[]")
                ? new ArgumentCheck.Invalid("must be an object")
                : new ArgumentCheck.Valid(argumentsJson);
    }

    @Override
    public String invoke(String argumentsJson, CallContext context)
            throws ActionFailedException, InterruptedException {
        calls.add(context);
        entered.countDown();
        return body.run(context);
    }

    /// Every call that reached the action.
    List<CallContext> calls() {
        return List.copyOf(calls);
    }

    /// Reaches zero when the action is called for the first time.
    CountDownLatch entered() {
        return entered;
    }
}
