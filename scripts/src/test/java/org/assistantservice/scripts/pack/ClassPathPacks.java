package org.assistantservice.scripts.pack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.dispatch.CatalogLease;
import org.assistantservice.plugin.ActionDefinitionException;
import org.assistantservice.plugin.ActionEnvironment;
import org.assistantservice.plugin.ClassPathActions;
import org.assistantservice.plugin.PackStatus;

/// One pack of classes that the test has, and perhaps one that is refused.
public final class ClassPathPacks implements Packs, ActionSource {
    private final ClassPathActions actions;
    private final List<PackStatus> status;

    private ClassPathPacks(ClassPathActions actions, List<PackStatus> status) {
        this.actions = actions;
        this.status = List.copyOf(status);
    }

    /// Binds the class as a pack.
    ///
    /// @param data where actions may keep what they need
    public static ClassPathPacks of(String pack, Path data, Class<?> type, PackStatus... refused) {
        try {
            var actions =
                    ClassPathActions.bind(
                            pack,
                            List.of(type),
                            new ActionEnvironment(Map.<String, String>of()::get, data));
            var ready =
                    new PackStatus(
                            pack,
                            PackStatus.State.READY,
                            "class-path",
                            actions.catalog().definitions().stream()
                                    .map(ActionDefinition::ref)
                                    .map(ref -> ref.action())
                                    .toList(),
                            List.of());
            return new ClassPathPacks(
                    actions, Stream.concat(Stream.of(ready), Stream.of(refused)).toList());
        } catch (ActionDefinitionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public ActionSource actions() {
        return this;
    }

    @Override
    public List<PackStatus> status() {
        return status;
    }

    @Override
    public ActionCatalog current() {
        return actions.catalog();
    }

    @Override
    public CatalogLease lease() {
        return new CatalogLease(actions.catalog(), () -> {});
    }

    @Override
    public CatalogLease lease(Map<String, String> packDigests) {
        return lease();
    }

    @Override
    public void close() {
        actions.close();
    }
}
