package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackClassLoaderTest {
    private static final String ACTION =
            "@org.assistantservice.actions.Action(name = \"act\", description = \"\") public ";

    @TempDir Path root;

    @Test
    void aPackSeesTheJdkAndTheSharedPackagesButNoLibraryOfTheService() throws Exception {
        PackCopy copy =
                demo(
                        ACTION
                                + """
                                String act() {
                                    return see("java.sql.Connection")
                                            + see("org.assistantservice.actions.ActionContext")
                                            + see("com.fasterxml.jackson.annotation.JsonProperty")
                                            + see("org.jspecify.annotations.Nullable")
                                            + see("org.slf4j.Logger")
                                            + see("org.assistantservice.plugin.PackLibrary")
                                            + see("io.micronaut.context.ApplicationContext")
                                            + see("tools.jackson.databind.ObjectMapper")
                                            + see("org.assistantservice.actionsandmore.Thing");
                                }
                                static String see(String name) {
                                    try {
                                        return Class.forName(name) == null ? "?" : "+";
                                    } catch (ClassNotFoundException e) {
                                        return "-";
                                    }
                                }
                                """);

        assertThat(callFirst(loader().load(copy, () -> {}))).isEqualTo("+++++----");
    }

    @Test
    void aPackFindsNoResourceOfTheService() throws Exception {
        PackCopy copy =
                demo(
                        ACTION
                                + """
                                String act() {
                                    return "" + Demo.class.getClassLoader().getResource("application.yml")
                                            + Demo.class.getClassLoader().getResource("META-INF/services/org.slf4j.spi.SLF4JServiceProvider");
                                }
                                """);

        assertThat(callFirst(loader().load(copy, () -> {}))).isEqualTo("nullnull");
    }

    @Test
    void aResourceReadInAnyWayLeavesNoJarOpen() throws Exception {
        PackCopy copy =
                demo(
                        ACTION
                                + """
                                String act() throws Exception {
                                    var loader = Demo.class.getClassLoader();
                                    var url = loader.getResource("demo/Demo.class");
                                    try (var in = url.openStream()) { in.readAllBytes(); }
                                    for (var each : java.util.Collections.list(loader.getResources("demo/Demo.class"))) {
                                        try (var in = each.openStream()) { in.readAllBytes(); }
                                    }
                                    var forgotten = Demo.class.getResourceAsStream("Demo.class");
                                    return "" + new java.net.URI(url.toString()).getScheme() + forgotten.read();
                                }
                                """);
        var closed = new AtomicInteger();
        PackVersion version = loader().load(copy, closed::incrementAndGet);

        assertThat(callFirst(version)).isEqualTo("jar202");
        assertThat(openFiles()).anyMatch(this::isInThePack);
        version.release();

        await().untilAtomic(closed, equalTo(1));
        assertThat(openFiles()).noneMatch(this::isInThePack);
    }

    @Test
    void loadersOfPacksMayLoadSeveralClassesAtOnce() throws Exception {
        var shared = new SharedClasses(getClass().getClassLoader());

        try (var loader = new PackClassLoader(demo(""), shared)) {
            assertThat(loader.isRegisteredAsParallelCapable()).isTrue();
            assertThat(shared.isRegisteredAsParallelCapable()).isTrue();
        }
    }

    private PackCopy demo(String body) {
        Path jar =
                PackJars.in(root)
                        .source("demo.Demo", "package demo; public class Demo {" + body + "}")
                        .jar("demo.jar");
        return new PackCopy("demo", "0".repeat(64), List.of(new PackCopy.Jar("demo.jar", jar)));
    }

    private PackLoader loader() {
        return new PackLoader(
                DemoPack.settings(root, Duration.ofSeconds(20)), new ReflectiveBinder());
    }

    private static String callFirst(PackVersion version) throws Exception {
        return ReflectiveBinder.call(version.invokers().getFirst());
    }

    private boolean isInThePack(String file) {
        return file.equals(root.resolve("demo.jar").toString());
    }

    private static List<String> openFiles() throws Exception {
        List<String> files = new ArrayList<>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.exists(descriptor)) {
                    files.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        return files;
    }
}
