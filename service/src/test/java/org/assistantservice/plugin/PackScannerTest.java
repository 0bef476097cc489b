package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackScannerTest {
    private static final String EXPLOSIVE =
            """
            package demo;
            import org.assistantservice.actions.*;
            public class Explosive extends Missing {
                static {
                    System.setProperty("PackScannerTest.loaded", "true");
                    if (true) throw new IllegalStateException("loaded");
                }
                @Action(name = "explode", description = "Explodes.")
                public String explode(@Param("Force") int force, java.util.List<String> names) {
                    return "";
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void aPackIsListedWithoutLoadingAnyOfItsClasses() {
        var explosive =
                PackJars.in(folder)
                        .source("demo.Missing", "package demo; public class Missing {}")
                        .source("demo.Explosive", EXPLOSIVE);
        byte[] withoutSuperclass = explosive.classFile("demo.Explosive");
        Path jar =
                PackJars.in(folder)
                        .resource("demo/Explosive.class", withoutSuperclass)
                        .jar("explosive.jar");

        List<ScannedAction> scanned = scan(jar);

        assertThat(scanned)
                .containsExactly(
                        new ScannedAction(
                                "explosive.jar",
                                "demo.Explosive",
                                "explode",
                                "(ILjava/util/List;)Ljava/lang/String;",
                                "explode"));
        assertThat(System.getProperty("PackScannerTest.loaded")).isNull();
    }

    @Test
    void actionsAreOrderedByJarThenClassThenPlaceInTheClassFile() {
        Path late = actions("demo.A", "zebra", "apple", "mango").jar("late.jar");
        Path early =
                actions("demo.Y", "second")
                        .source("demo.X", source("demo", "X", "first"))
                        .jar("early.jar");

        List<ScannedAction> scanned = scan(early, late);

        assertThat(scanned)
                .extracting(ScannedAction::actionName)
                .containsExactly("first", "second", "zebra", "apple", "mango");
    }

    @Test
    void methodsThatCannotServeAreListedTooSoThatTheMistakeIsReported() {
        Path jar =
                PackJars.in(folder)
                        .source(
                                "demo.Hidden",
                                """
                                package demo;
                                class Hidden {
                                    @org.assistantservice.actions.Action(name = "a", description = "")
                                    private static void secret() {}
                                    static class Inner {
                                        @org.assistantservice.actions.Action(name = "b", description = "")
                                        void nested() {}
                                    }
                                }
                                """)
                        .jar("hidden.jar");

        List<ScannedAction> scanned = scan(jar);

        assertThat(scanned)
                .containsExactly(
                        new ScannedAction("hidden.jar", "demo.Hidden", "secret", "()V", "a"),
                        new ScannedAction("hidden.jar", "demo.Hidden$Inner", "nested", "()V", "b"));
    }

    @Test
    void aBridgeMethodIsNotASecondAction() {
        Path jar =
                PackJars.in(folder)
                        .source(
                                "demo.Bridged",
                                """
                                package demo;
                                public class Bridged implements java.util.function.Supplier<String> {
                                    @Override
                                    @org.assistantservice.actions.Action(name = "get", description = "")
                                    public String get() { return ""; }
                                }
                                """)
                        .jar("bridged.jar");

        List<ScannedAction> scanned = scan(jar);

        assertThat(scanned)
                .extracting(ScannedAction::descriptor)
                .containsExactly("()Ljava/lang/String;");
    }

    @Test
    void aJarMayHaveSpacesAndLettersOfAnyLanguageInItsName() {
        Path jar = actions("demo.A", "a").jar("Wetter für München ☀.jar");

        List<ScannedAction> scanned = scan(jar);

        assertThat(scanned)
                .containsExactly(
                        new ScannedAction("Wetter für München ☀.jar", "demo.A", "a", "()V", "a"));
    }

    private PackJars actions(String className, String... actions) {
        int dot = className.indexOf('.');
        return PackJars.in(folder)
                .source(
                        className,
                        source(className.substring(0, dot), className.substring(dot + 1), actions));
    }

    private static String source(String packageName, String name, String... actions) {
        StringBuilder methods = new StringBuilder();
        for (String action : actions) {
            methods.append(
                    "@org.assistantservice.actions.Action(name = \"%1$s\", description = \"\") public void %1$s() {}\n"
                            .formatted(action));
        }
        return "package %s; public class %s { %s }".formatted(packageName, name, methods);
    }

    private static List<ScannedAction> scan(Path... jars) {
        List<PackCopy.Jar> copied =
                Stream.of(jars)
                        .map(it -> new PackCopy.Jar(it.getFileName().toString(), it))
                        .toList();
        return new PackScanner().scan(new PackCopy("demo", "0".repeat(64), copied));
    }
}
