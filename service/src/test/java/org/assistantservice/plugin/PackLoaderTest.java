package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackLoaderTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String DIGEST = "0".repeat(64);

    private static final String ACTION =
            "@org.assistantservice.actions.Action(name = \"act\", description = \"\") public ";

    @TempDir Path root;

    @Test
    void codeOfAPackRunsWithItsLoaderAsContext() throws Exception {
        PackCopy copy =
                demo(
                        "static final ClassLoader CONTEXT = Thread.currentThread().getContextClassLoader();"
                                + ACTION
                                + "String act() { return \"\" + (CONTEXT == Demo.class.getClassLoader()); }");

        assertThat(callFirst(load(copy, LONG))).isEqualTo("true");
    }

    @Test
    void aPackWithoutActionIsRefused() throws Exception {
        PackCopy copy = demo("public void act() {}");

        assertThat(problems(copy, LONG))
                .containsExactly(
                        "Pack 'demo' has no action: no method in its JARs has @Action. Annotate"
                                + " one, or remove the JARs.");
    }

    @Test
    void twoActionsOfOneNameNeverReachTheCatalog() throws Exception {
        PackCopy copy = demo(ACTION + "void a() {}" + ACTION + "void b() {}");

        assertThat(problems(copy, LONG))
                .containsExactly(
                        "Pack 'demo' could not be loaded: IllegalArgumentException: Two actions"
                                + " named demo.act.");
    }

    @Test
    void aMistakeInADefinitionIsToldInTheWordsOfTheBinder() throws Exception {
        PackCopy copy = demo("private Demo() {}" + ACTION + "void act() {}");

        assertThat(problems(copy, LONG))
                .containsExactly(
                        "ScannedAction[jar=demo.jar, className=demo.Demo, methodName=act,"
                                + " descriptor=()V, actionName=act] cannot be bound:"
                                + " java.lang.NoSuchMethodException: demo.Demo.<init>()");
    }

    @Test
    void aStaticInitialiserThatThrowsRefusesThePack() throws Exception {
        PackCopy copy =
                demo(
                        "static final int PORT = Integer.parseInt(\"http\");"
                                + ACTION
                                + "void act() {}");

        assertThat(problems(copy, LONG))
                .containsExactly(
                        "Pack 'demo': the static initialiser of demo.Demo threw"
                                + " NumberFormatException: For input string: \"http\". Move what"
                                + " can fail into the action.");
    }

    @Test
    void aMissingClassRefusesThePackAndIsNamed() throws Exception {
        byte[] orphan =
                PackJars.in(root)
                        .source("lib.Base", "package lib; public class Base {}")
                        .source(
                                "demo.Demo",
                                "package demo; public class Demo extends lib.Base {"
                                        + ACTION
                                        + "void act() {}}")
                        .classFile("demo.Demo");
        PackCopy copy = copy(PackJars.in(root).resource("demo/Demo.class", orphan).jar("demo.jar"));

        assertThat(problems(copy, LONG))
                .containsExactly(
                        "Pack 'demo' lacks the class lib.Base: put the JAR that has it into the"
                                + " pack's lib folder.");
    }

    @Test
    void aCorruptClassRefusesThePack() throws Exception {
        PackJars demo =
                PackJars.in(root)
                        .source(
                                "demo.Demo",
                                "package demo; public class Demo {" + ACTION + "void act() {}}");
        byte[] corrupt = demo.classFile("demo.Demo");
        corrupt[corrupt.length - 1] = 77;
        PackCopy copy =
                copy(PackJars.in(root).resource("demo/Demo.class", corrupt).jar("demo.jar"));

        assertThat(problems(copy, LONG)).hasSize(1).first().asString().startsWith("Pack 'demo' ");
    }

    @Test
    void aConstructorThatThrowsRefusesThePack() throws Exception {
        PackCopy copy =
                demo(
                        "public Demo() { throw new StackOverflowError(); }"
                                + ACTION
                                + "void act() {}");

        assertThat(problems(copy, LONG))
                .containsExactly(
                        "Pack 'demo' could not be loaded: IllegalStateException: constructor"
                                + " failed.");
    }

    @Test
    void aStaticInitialiserThatNeverEndsIsLeftBehind() throws Exception {
        PackCopy copy =
                demo(
                        """
                        static {
                            while (System.getProperty("PackLoaderTest.end") == null) {
                                Thread.onSpinWait();
                            }
                        }
                        """
                                + ACTION
                                + "void act() {}");
        var closed = new AtomicInteger();

        try {
            assertThat(problems(loader(SHORT), copy, closed::incrementAndGet))
                    .containsExactly(
                            "Pack 'demo' did not load within PT0.5S: take slow work out of its"
                                    + " static initialisers and constructors. The thread"
                                    + " pack-load-demo-000000000000 is left behind, in"
                                    + " demo.Demo.<clinit>.");
            assertThat(closed).hasValue(0);
        } finally {
            System.setProperty("PackLoaderTest.end", "true");
        }

        await().untilAtomic(closed, equalTo(1));
    }

    @Test
    void aDeadlockOfStaticInitialisersIsLeftBehind() throws Exception {
        PackCopy copy =
                demo(
                        """
                        static int answer;
                        static {
                            Thread other = new Thread(() -> answer = 42);
                            other.setUncaughtExceptionHandler((thread, e) -> {});
                            other.setDaemon(true);
                            other.start();
                            try {
                                other.join();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException("interrupted", e);
                            }
                        }
                        """
                                + ACTION
                                + "void act() {}");

        assertThat(problems(copy, SHORT))
                .containsExactly(
                        "Pack 'demo' did not load within PT0.5S: take slow work out of its static"
                                + " initialisers and constructors. The thread"
                                + " pack-load-demo-000000000000 is left behind, in"
                                + " demo.Demo.<clinit>.");
    }

    @Test
    void instancesAreClosedBeforeTheirClassLoader() throws Exception {
        PackCopy copy =
                copy(
                        PackJars.in(root)
                                .source(
                                        "demo.Demo",
                                        "package demo; public class Demo implements AutoCloseable {"
                                                + ACTION
                                                + """
                                                void act() {}
                                                public void close() { Later.close(); }
                                                }
                                                class Later {
                                                    static void close() {
                                                        System.setProperty("PackLoaderTest.closed", "true");
                                                    }
                                                }
                                                """)
                                .jar("demo.jar"));
        var closed = new AtomicInteger();
        PackLoader loader = loader(LONG);
        PackVersion version = loader.load(copy, closed::incrementAndGet);

        version.release();
        loader.awaitClosing(LONG);

        assertThat(System.getProperty("PackLoaderTest.closed")).isEqualTo("true");
        assertThat(closed).hasValue(1);
    }

    private PackCopy demo(String body) {
        return copy(
                PackJars.in(root)
                        .source("demo.Demo", "package demo; public class Demo {" + body + "}")
                        .jar("demo.jar"));
    }

    private static PackCopy copy(Path jar) {
        return new PackCopy("demo", DIGEST, List.of(new PackCopy.Jar("demo.jar", jar)));
    }

    private PackLoader loader(Duration timeout) {
        return new PackLoader(DemoPack.settings(root, timeout), new ReflectiveBinder());
    }

    private PackVersion load(PackCopy copy, Duration timeout) throws Exception {
        return loader(timeout).load(copy, () -> {});
    }

    private List<String> problems(PackCopy copy, Duration timeout) throws InterruptedException {
        return problems(loader(timeout), copy, () -> {});
    }

    private static List<String> problems(PackLoader loader, PackCopy copy, Runnable afterClose)
            throws InterruptedException {
        try {
            loader.load(copy, afterClose);
            return List.of();
        } catch (PackException e) {
            return e.problems();
        }
    }

    private static String callFirst(PackVersion version) throws Exception {
        return ReflectiveBinder.call(version.invokers().getFirst());
    }
}
