package org.assistantservice.plugin;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts into sentences why a pack could not be loaded. Keeps no exception: its stack trace would
/// keep the pack's classes.
final class LoadProblems {
    private LoadProblems() {}

    /// @param failure what scanning, loading or binding threw
    static List<String> of(String pack, @Nullable Throwable failure) {
        return switch (failure) {
            case PackException e -> e.problems();
            case ActionDefinitionException e -> e.problems();
            case ExceptionInInitializerError e -> List.of(initialiser(pack, e));
            case UnsupportedClassVersionError e ->
                    List.of(
                            "Pack '%s' has a class for a newer Java (%s): compile it with --release %d."
                                    .formatted(pack, e.getMessage(), Runtime.version().feature()));
            case NoClassDefFoundError e when isMissing(e) ->
                    List.of(
                            ("Pack '%s' lacks the class %s: put the JAR that has it into the pack's"
                                            + " lib folder.")
                                    .formatted(
                                            pack,
                                            String.valueOf(e.getMessage()).replace('/', '.')));
            case LinkageError e ->
                    List.of(
                            ("Pack '%s' has classes that do not fit together (%s): build all its JARs"
                                            + " again, against the same versions.")
                                    .formatted(pack, text(e)));
            case null -> List.of("Pack '%s' could not be loaded.".formatted(pack));
            case Throwable e ->
                    List.of("Pack '%s' could not be loaded: %s.".formatted(pack, text(e)));
        };
    }

    private static String initialiser(String pack, ExceptionInInitializerError e) {
        Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
        String where =
                Stream.of(cause.getStackTrace())
                        .filter(frame -> frame.getMethodName().equals("<clinit>"))
                        .findFirst()
                        .map(frame -> " of " + frame.getClassName())
                        .orElse("");
        return "Pack '%s': the static initialiser%s threw %s. Move what can fail into the action."
                .formatted(pack, where, text(cause));
    }

    /// The same error also stands for a class in the wrong folder and for one that failed before.
    private static boolean isMissing(NoClassDefFoundError e) {
        return e.getMessage() != null && !e.getMessage().contains(" ");
    }

    private static String text(Throwable e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
    }
}
