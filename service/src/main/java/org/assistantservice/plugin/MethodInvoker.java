package org.assistantservice.plugin;

import java.lang.reflect.Method;
import java.util.List;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionPool;
import org.assistantservice.dispatch.ArgumentCheck;
import org.assistantservice.dispatch.CallContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Calls a method of a pack: JSON in, JSON out. Thread-safe.
///
/// @param schema checks arguments
/// @param target the method and how to reach it
record MethodInvoker(
        ActionDefinition definition, ActionPool pool, ArgumentSchema schema, Target target)
        implements ActionInvoker {

    @Override
    public ArgumentCheck check(String argumentsJson) {
        return schema.check(argumentsJson);
    }

    @Override
    public String invoke(String argumentsJson, CallContext context)
            throws ActionFailedException, InterruptedException {
        String name = definition.ref().action();
        CallActionContext own = new CallActionContext(context, name, target.boundary());
        try {
            return target.boundary()
                    .call(() ->
                            target.receivers()
                                    .use(
                                            context.scope(),
                                            it -> target.call(it, argumentsJson, own)));
        } finally {
            own.end();
        }
    }

    @Override
    public String toString() {
        return definition.ref().toString();
    }

    /// @param arguments one for each parameter of the method
    record Target(
            PackBoundary boundary,
            Receivers receivers,
            Method method,
            List<Argument> arguments,
            ResultText results) {

        String call(Object receiver, String argumentsJson, CallActionContext context)
                throws ActionFailedException, ReflectiveOperationException {
            JsonNode json = results.mapper().readTree(argumentsJson);
            @Nullable Object[] values = new @Nullable Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).value(json, context);
            }
            return results.of(method.invoke(receiver, values));
        }
    }
}
