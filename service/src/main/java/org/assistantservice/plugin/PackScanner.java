package org.assistantservice.plugin;

import io.github.classgraph.AnnotationInfo;
import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.MethodInfo;
import io.github.classgraph.ScanResult;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assistantservice.actions.Action;

/// Lists the annotated methods of a pack by reading its class files: no class of the pack is
/// loaded, none of its code runs. Thread-safe.
final class PackScanner {
    private static final String ACTION = Action.class.getName();
    private static final int THREADS = 2;

    /// Every method with `@Action`, whatever its visibility, so that a mistake is reported rather
    /// than overlooked. Ordered by JAR, class name and place in the class file.
    ///
    /// @throws IllegalArgumentException or another unchecked exception if a JAR cannot be scanned
    List<ScannedAction> scan(PackCopy copy) {
        Map<Path, PackCopy.Jar> jars = new HashMap<>();
        copy.jars().forEach(jar -> jars.put(real(jar.path()), jar));
        try (ScanResult result = graph(copy).scan(THREADS)) {
            List<ScannedAction> actions = new ArrayList<>();
            result.getAllClasses().stream()
                    .sorted(
                            Comparator.comparing((ClassInfo it) -> jarOf(it, jars).name())
                                    .thenComparing(ClassInfo::getName))
                    .forEach(type -> addActions(actions, type, jarOf(type, jars)));
            return List.copyOf(actions);
        }
    }

    private static ClassGraph graph(PackCopy copy) {
        return new ClassGraph()
                .overrideClasspath(copy.jars().stream().map(PackCopy.Jar::path).toList())
                .enableMethodInfo()
                .enableAnnotationInfo()
                .ignoreClassVisibility()
                .ignoreMethodVisibility()
                .disableNestedJarScanning()
                .disableModuleScanning();
    }

    private static void addActions(List<ScannedAction> actions, ClassInfo type, PackCopy.Jar jar) {
        for (MethodInfo method : type.getDeclaredMethodInfo()) {
            AnnotationInfo action = method.getAnnotationInfo(ACTION);
            // The compiler copies annotations onto the bridge methods it makes.
            if (action != null && !method.isSynthetic()) {
                actions.add(
                        new ScannedAction(
                                String.valueOf(jar.path().getFileName()),
                                type.getName(),
                                method.getName(),
                                method.getTypeDescriptorStr(),
                                String.valueOf(action.getParameterValues(false).getValue("name"))));
            }
        }
    }

    private static PackCopy.Jar jarOf(ClassInfo type, Map<Path, PackCopy.Jar> jars) {
        File file = type.getClasspathElementFile();
        PackCopy.Jar jar = jars.get(real(file.toPath()));
        if (jar == null) {
            throw new IllegalStateException(
                    "%s comes from %s, which is no JAR of the pack".formatted(type, file));
        }
        return jar;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
