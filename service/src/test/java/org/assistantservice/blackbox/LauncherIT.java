package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher and the AOT cache that it makes, away from the folder they were built in.
class LauncherIT {
    private static final Path JAR = Path.of(System.getProperty("service.jar"));
    private static final String LAUNCHER = "assistant-service";
    private static final String CACHE = "assistant-service.aot";
    private static final int MINUTES = 3;

    @TempDir private static Path root;

    private static Path installed;

    @BeforeAll
    static void makeTheCacheAndMoveAll() throws Exception {
        Path made = copyOfTheBuild(root.resolve("made"));
        ServiceProcess service = ServiceProcess.in(Files.createDirectories(root.resolve("packs")));
        TestPack.drop(service);

        Process training =
                launched(
                        made,
                        // The last two would make it fail if they reached it.
                        Map.of(
                                "ASSISTANTS_DIR", service.assistantsDir().toString(),
                                "ENVIRONMENT", "nowhere",
                                "DATABASE_URL", "jdbc:none"),
                        "--make-aot-cache");

        assertThat(training.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(training.exitValue()).as(outputOf(made)).isZero();
        assertThat(made.resolve(CACHE)).isRegularFile();
        assertThat(made.resolve("lib")).isDirectoryContaining("glob:**/sqlite-jdbc-*.native");
        installed = root.resolve("moved elsewhere");
        Files.move(made, installed);
    }

    @Test
    void theServiceStartsFromAnyFolderWithTheCacheAndChats() throws Exception {
        var service =
                ServiceProcess.in(Files.createDirectories(root.resolve("chat")))
                        .launcher(installed.resolve(LAUNCHER))
                        .with("JAVA_OPTS", "-XX:AOTMode=on");
        TestPack.drop(service);

        try (service) {
            service.start();

            assertThat(new ChatApi(service).get("/start").statusCode()).isEqualTo(200);
            assertThat(service.jcmd("VM.command_line")).contains("-XX:AOTCache=");
            assertThat(service.jcmd("VM.dynlibs"))
                    .contains(installed.toRealPath().resolve("lib") + "/sqlite-jdbc-")
                    .contains(".native/");
        }
    }

    @Test
    void aSmallHeapOfTheUsersChoiceIsTaken() throws Exception {
        var service =
                ServiceProcess.in(Files.createDirectories(root.resolve("small")))
                        .launcher(installed.resolve(LAUNCHER))
                        .with("JAVA_OPTS", "-Dwritten.as=block\n-Xmx48m");

        try (service) {
            service.start();

            assertThat(service.jcmd("VM.command_line")).contains("-Xmx48m").doesNotContain("-Xms");
        }
    }

    @Test
    void changedJarsAreServedWithoutTheCache() throws Exception {
        Path changed = root.resolve("changed");
        copy(installed, changed);
        Path jar = changed.resolve("assistant-service.jar");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
        var service =
                ServiceProcess.in(Files.createDirectories(root.resolve("late")))
                        .launcher(changed.resolve(LAUNCHER));

        try (service) {
            service.start();

            assertThat(new ChatApi(service).get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withAnUnpackedLibraryThatIsDamagedTheDriverTakesItsOwn() throws Exception {
        Path damaged = root.resolve("damaged");
        copy(installed, damaged);
        try (Stream<Path> all = Files.walk(damaged.resolve("lib"))) {
            Path library =
                    all.filter(it -> it.endsWith("libsqlitejdbc.so")).findFirst().orElseThrow();
            Files.writeString(library, "no library");
        }
        var service =
                ServiceProcess.in(Files.createDirectories(root.resolve("own library")))
                        .launcher(damaged.resolve(LAUNCHER));

        try (service) {
            service.start();

            assertThat(new ChatApi(service).get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aTrainingThatFailsSaysSoAndLeavesNoCache() throws Exception {
        Path broken = copyOfTheBuild(root.resolve("broken"));

        Process training =
                launched(broken, Map.of("JAVA_OPTS", "-XX:+NoSuchOption"), "--make-aot-cache");

        assertThat(training.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(training.exitValue()).isEqualTo(1);
        assertThat(outputOf(broken)).contains("❌ No AOT cache was made");
        assertThat(broken.resolve(CACHE)).doesNotExist();
    }

    private static Process launched(Path folder, Map<String, String> settings, String option)
            throws IOException {
        var builder = new ProcessBuilder(folder.resolve(LAUNCHER).toString(), option);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("HOME", root.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(settings);
        return builder.directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output(folder))
                .start();
    }

    private static File output(Path folder) {
        return root.resolve(folder.getFileName() + ".log").toFile();
    }

    private static String outputOf(Path folder) throws IOException {
        return Files.readString(output(folder).toPath());
    }

    private static Path copyOfTheBuild(Path target) throws IOException {
        Files.createDirectories(target);
        for (String name : List.of(LAUNCHER, "assistant-service.jar")) {
            copyFile(JAR.resolveSibling(name), target.resolve(name));
        }
        copy(JAR.resolveSibling("lib"), target.resolve("lib"));
        return target;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    copyFile(each, target);
                }
            }
        }
    }

    private static void copyFile(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
