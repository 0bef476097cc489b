package org.assistantservice.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assistantservice.actions.Effect;

/// The action `weather.get_weather` with a body of the test's choice; every argument text is valid.
record FakeInvoker(ActionPool pool, Duration timeout, Body body) implements ActionInvoker {
    static final ActionRef REF = new ActionRef("weather", "get_weather");

    interface Body {
        String run(CallContext context) throws ActionFailedException, InterruptedException;
    }

    @Override
    public ActionDefinition definition() {
        return new ActionDefinition(
                REF, "Weather.", "{}", true, Effect.ONCE, timeout, "Running Get Weather");
    }

    @Override
    public ArgumentCheck check(String argumentsJson) {
        return switch (argumentsJson) {
            case "{" -> new ArgumentCheck.NotJson("unexpected end");
            case "{}" -> new ArgumentCheck.Missing(List.of("unit", "location"));
            case "[]" -> new ArgumentCheck.Invalid("must be an object");
            default -> new ArgumentCheck.Valid(argumentsJson);
        };
    }

    @Override
    public String invoke(String argumentsJson, CallContext context)
            throws ActionFailedException, InterruptedException {
        return body.run(context);
    }

    ActionExecutor.Ready ready() {
        return new ActionExecutor.Ready(this, "{\"location\":\"Paris\"}");
    }

    ActionCatalog catalog() {
        return new ActionCatalog(List.of(this), Map.of("weather", "digest"));
    }
}
