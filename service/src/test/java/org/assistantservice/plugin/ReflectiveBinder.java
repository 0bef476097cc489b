package org.assistantservice.plugin;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionPool;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.ArgumentCheck;
import org.assistantservice.dispatch.CallContext;

/// Binds methods without parameters by plain reflection, so that packs can be tested without
/// schemas.
final class ReflectiveBinder implements PackBinder {
    @Override
    public BoundPack bind(
            String pack, List<ScannedAction> scanned, ClassLoader loader, ActionPool pool)
            throws ActionDefinitionException {
        List<ActionInvoker> invokers = new ArrayList<>();
        List<AutoCloseable> closeables = new ArrayList<>();
        for (ScannedAction action : scanned) {
            try {
                Class<?> type = Class.forName(action.className(), true, loader);
                Object instance = type.getConstructor().newInstance();
                if (instance instanceof AutoCloseable closeable) {
                    closeables.add(closeable);
                }
                var definition = definition(new ActionRef(pack, action.actionName()));
                invokers.add(
                        new Invoker(
                                definition, pool, instance, type.getMethod(action.methodName())));
            } catch (InvocationTargetException e) {
                throw new IllegalStateException("constructor failed", e);
            } catch (ReflectiveOperationException e) {
                throw new ActionDefinitionException(List.of(action + " cannot be bound: " + e));
            }
        }
        return new BoundPack(invokers, () -> closeables.forEach(ReflectiveBinder::close));
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ActionDefinition definition(ActionRef ref) {
        return new ActionDefinition(
                ref, "", "{}", true, Effect.READ_ONLY, Duration.ofSeconds(5), "");
    }

    private record Invoker(
            ActionDefinition definition, ActionPool pool, Object instance, Method method)
            implements ActionInvoker {
        @Override
        public ArgumentCheck check(String argumentsJson) {
            return new ArgumentCheck.Valid(argumentsJson);
        }

        @Override
        public String invoke(String argumentsJson, CallContext context)
                throws ActionFailedException {
            throw new UnsupportedOperationException("Tests use call()");
        }

        String call() throws ReflectiveOperationException {
            return String.valueOf(method.invoke(instance));
        }
    }

    /// Calls an action bound by this class.
    static String call(ActionInvoker invoker) throws ReflectiveOperationException {
        return ((Invoker) invoker).call();
    }
}
