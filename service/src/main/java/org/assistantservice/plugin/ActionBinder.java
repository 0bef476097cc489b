package org.assistantservice.plugin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the annotated methods of a pack callable: loads their classes, finds every mistake in
/// their definitions, describes their arguments and constructs their instances.
final class ActionBinder {
    private static final Logger LOG = LoggerFactory.getLogger(ActionBinder.class);
    private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

    /// Binds one version of a pack. Runs code of the author (static initialisers, constructors,
    /// enum constants) on the calling thread: call it off the request path, with a time limit.
    ///
    /// @param scanned every annotated method of the pack
    /// @param loader the class loader of this version; nothing static refers to it afterwards
    /// @throws ActionDefinitionException with all mistakes of the pack; nothing is left open then
    BoundPack bind(
            String pack,
            List<ScannedAction> scanned,
            ClassLoader loader,
            ActionPool pool,
            ActionEnvironment environment)
            throws ActionDefinitionException {
        PackBoundary boundary = new PackBoundary(loader);
        PackBinding binding = new PackBinding(pack, boundary, pool, environment);
        Set<String> problems = new LinkedHashSet<>(repeatedNames(pack, scanned));
        List<ActionInvoker> invokers = new ArrayList<>();
        byClass(scanned)
                .forEach((name, actions) ->
                        problems.addAll(bindClass(binding, name, actions, invokers)));
        if (!problems.isEmpty()) {
            close(binding);
            throw new ActionDefinitionException(List.copyOf(problems));
        }
        return new BoundPack(inOrder(invokers, scanned), () -> close(binding));
    }

    private static List<String> bindClass(
            PackBinding binding,
            String className,
            List<ScannedAction> actions,
            List<ActionInvoker> invokers) {
        String place =
                "%s (%s)".formatted(TypeNames.ofClassNamed(className), actions.getFirst().jar());
        try {
            ClassBinding bound =
                    binding.boundary().call(() -> ClassBinding.of(binding, className, place));
            return binding.boundary().call(() -> bound.bind(actions, invokers));
        } catch (ActionFailedException e) {
            LOG.warn("Class {} cannot be used", className, e);
            return List.of(cannotBeUsed(className, e, place));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(
                    "An action class must load in time but %s was interrupted. Do less at %s."
                            .formatted(TypeNames.ofClassNamed(className), place));
        }
    }

    private static String cannotBeUsed(String className, ActionFailedException e, String place) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "An action class must load and construct without an exception but %s threw %s."
                        .formatted(TypeNames.ofClassNamed(className), root.getMessage())
                + " Correct it at %s.".formatted(place);
    }

    private static List<String> repeatedNames(String pack, List<ScannedAction> scanned) {
        Map<String, ScannedAction> first = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (ScannedAction action : scanned) {
            ScannedAction other = first.putIfAbsent(action.actionName(), action);
            if (other != null) {
                problems.add(
                        ("An action's name must be unique in its pack but '%s' of pack '%s' is"
                                        + " at %s too. Rename one at %s.")
                                .formatted(
                                        action.actionName(),
                                        pack,
                                        placeOf(other),
                                        placeOf(action)));
            }
        }
        return problems;
    }

    static String placeOf(ScannedAction action) {
        return "%s.%s (%s)"
                .formatted(
                        TypeNames.ofClassNamed(action.className()),
                        action.methodName(),
                        action.jar());
    }

    private static Map<String, List<ScannedAction>> byClass(List<ScannedAction> scanned) {
        Map<String, List<ScannedAction>> classes = new LinkedHashMap<>();
        scanned.forEach(action ->
                classes.computeIfAbsent(action.className(), _ -> new ArrayList<>()).add(action));
        return classes;
    }

    private static List<ActionInvoker> inOrder(
            List<ActionInvoker> invokers, List<ScannedAction> scanned) {
        Map<String, ActionInvoker> byName = new HashMap<>();
        invokers.forEach(it -> byName.put(it.definition().ref().action(), it));
        return scanned.stream().map(ScannedAction::actionName).map(byName::get).toList();
    }

    /// On a thread of its own and not waited for without end: `close()` is code of the author.
    private static void close(PackBinding binding) {
        Thread closing =
                Thread.ofPlatform()
                        .name("pack-" + binding.pack() + "-close")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .start(() -> closeInside(binding));
        try {
            if (!closing.join(CLOSE_TIME)) {
                LOG.warn(
                        "Actions of pack {} were not closed after {} s",
                        binding.pack(),
                        CLOSE_TIME.toSeconds());
                closing.interrupt();
            }
        } catch (InterruptedException e) {
            closing.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private static void closeInside(PackBinding binding) {
        try {
            binding.boundary()
                    .call(() -> {
                        binding.close();
                        return "";
                    });
        } catch (ActionFailedException e) {
            LOG.warn("Pack {} could not be closed", binding.pack(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
