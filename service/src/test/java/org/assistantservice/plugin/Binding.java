package org.assistantservice.plugin;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.assistantservice.dispatch.ActionExecutor;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionLimits;
import org.assistantservice.dispatch.ActionPool;
import org.assistantservice.dispatch.AssistantScope;
import org.assistantservice.dispatch.CallContext;
import org.assistantservice.dispatch.CancelToken;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;

/// Binds scanned actions from a class loader, as the library of packs does.
final class Binding {
    private Binding() {}

    static BoundPack of(List<ScannedAction> scanned, ClassLoader loader)
            throws ActionDefinitionException {
        return new ActionBinder()
                .bind(
                        "test",
                        scanned,
                        loader,
                        new ActionPool("test", 1, 1),
                        new ActionEnvironment(name -> null, Path.of("target", "action-data")));
    }

    /// Calls the only action of the pack as the executor does.
    static String call(BoundPack pack, String arguments) throws InterruptedException {
        ActionInvoker invoker = pack.invokers().getFirst();
        CallContext context =
                new CallContext(
                        RunId.random(),
                        ThreadId.random(),
                        CallId.random(),
                        CorrelationId.random(),
                        Principal.ANONYMOUS,
                        "key",
                        Instant.MAX,
                        new AssistantScope("asst_1", "v1", "{}"),
                        new CancelToken(),
                        text -> {});
        try {
            return new ActionExecutor(InstantSource.system(), ActionLimits.STANDARD)
                    .execute(new ActionExecutor.Ready(invoker, arguments), context)
                    .output();
        } finally {
            invoker.pool().close();
        }
    }
}
