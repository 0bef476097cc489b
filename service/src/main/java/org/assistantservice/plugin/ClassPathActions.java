package org.assistantservice.plugin;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assistantservice.actions.Action;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionPool;

/// Actions of classes that are on the class path already, bound exactly as those of a pack: for
/// tests of actions and for tools. Thread-safe.
///
/// ```java
/// List<Class<?>> classes = List.of(WeatherActions.class);
/// try (var actions = ClassPathActions.bind("weather", classes, environment)) {
///     executor.check(actions.catalog(), new ActionRef("weather", "get_weather"), call, id);
/// }
/// ```
public final class ClassPathActions implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int MAX_ABANDONED = 3;

    private final ActionPool pool;
    private final BoundPack bound;
    private final ActionCatalog catalog;

    private ClassPathActions(String pack, ActionPool pool, BoundPack bound) {
        this.pool = pool;
        this.bound = bound;
        this.catalog = new ActionCatalog(bound.invokers(), Map.of(pack, "class-path"));
    }

    /// Binds every annotated method that `classes` declare.
    ///
    /// @param pack the name of the pack they stand for
    /// @param classes at least one, all of the same class loader
    /// @throws ActionDefinitionException with all mistakes in their definitions
    public static ClassPathActions bind(
            String pack, List<Class<?>> classes, ActionEnvironment environment)
            throws ActionDefinitionException {
        List<ScannedAction> scanned =
                classes.stream().flatMap(ClassPathActions::actionsOf).toList();
        if (scanned.isEmpty()) {
            throw new ActionDefinitionException(
                    List.of(
                            "A pack has at least one method with @Action but %s have none. Add one."
                                    .formatted(classes)));
        }
        ActionPool pool = new ActionPool(pack, THREADS, MAX_ABANDONED);
        ClassLoader loader = classes.getFirst().getClassLoader();
        try {
            return new ClassPathActions(
                    pack, pool, new ActionBinder().bind(pack, scanned, loader, pool, environment));
        } catch (ActionDefinitionException e) {
            pool.close();
            throw e;
        }
    }

    public ActionCatalog catalog() {
        return catalog;
    }

    /// Interrupts calls under way and closes the instances of the classes.
    @Override
    public void close() {
        pool.close();
        bound.close().run();
    }

    private static Stream<ScannedAction> actionsOf(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Action.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method ->
                        new ScannedAction(
                                "class path",
                                type.getName(),
                                method.getName(),
                                TypeNames.descriptorOf(method),
                                method.getAnnotation(Action.class).name()));
    }
}
