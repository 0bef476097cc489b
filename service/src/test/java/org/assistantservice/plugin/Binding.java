package org.assistantservice.plugin;

import java.nio.file.Path;
import java.util.List;
import org.assistantservice.dispatch.ActionPool;

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
}
