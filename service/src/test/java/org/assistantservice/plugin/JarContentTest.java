package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarContentTest {
    private static final JarLimits LIMITS = new JarLimits(10, 100_000_000, 50, 40_000_000, 100);
    private static final int JAVA = Runtime.version().feature();

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Evil",
                "io.micronaut.context.Evil",
                "org.assistantservice.actions.Action"
            })
    void aClassOfAForbiddenPackageIsRefused(String name) throws IOException {
        byte[] anyClass = demo().classFile("demo.Demo");
        String forbidden =
                name.startsWith("java") ? "java" : name.replaceFirst("^(\\w+\\.\\w+)\\..*", "$1");

        assertThat(check(PackJars.in(folder).resource(path(name), anyClass).bytes()))
                .containsExactly(
                        "demo.jar has the class %s, but %s.* is not a pack's to define: give its dependency the scope provided, or rename the package."
                                .formatted(name, forbidden));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/assistantservice/samples/weather/WeatherActions.class",
                "org/assistantservice/fetch/SafeFetch.class"
            })
    void theSamplesOfTheServiceAndItsLibraryForPacksAreFit(String name) throws IOException {
        byte[] anyClass = demo().classFile("demo.Demo");

        assertThat(check(PackJars.in(folder).resource(name, anyClass).bytes())).isEmpty();
    }

    @Test
    void aForbiddenClassCannotHideAmongVersionedOnes() throws IOException {
        byte[] anyClass = demo().classFile("demo.Demo");
        String name = "META-INF/versions/%d/io/micronaut/Evil.class".formatted(JAVA);

        assertThat(check(PackJars.in(folder).resource(name, anyClass).bytes())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Class-Path",
                "Launcher-Agent-Class",
                "Agent-Class",
                "Premain-Class",
                "Add-Opens",
                "Add-Exports",
                "Enable-Native-Access"
            })
    void aForbiddenKeyOfTheManifestIsRefused(String key) throws IOException {
        assertThat(check(demo().manifest(key, "../other.jar").bytes()))
                .containsExactly(
                        "The manifest of demo.jar has the key %s, which a pack may not use: remove it."
                                .formatted(key));
    }

    @Test
    void aLibraryMayCarryThePremainClassThatNobodyReads() throws IOException {
        byte[] jar = demo().manifest("Premain-Class", "org.h2.util.Profiler").bytes();

        assertThat(findings("lib/h2.jar", jar).problems()).isEmpty();
    }

    @Test
    void aClassForANewerJavaIsRefused() throws IOException {
        byte[] newer = demo().classFile("demo.Demo");
        ByteBuffer.wrap(newer).putShort(6, (short) (JAVA + 45));

        assertThat(check(PackJars.in(folder).resource("demo/Demo.class", newer).bytes()))
                .containsExactly(
                        "demo/Demo.class in demo.jar is compiled for Java %d, but the service runs on Java %d: compile it with --release %d."
                                .formatted(JAVA + 1, JAVA, JAVA));
    }

    @Test
    void aVersionedClassForANewerJavaIsNeverReadAndSoFit() throws IOException {
        byte[] newer = demo().classFile("demo.Demo");
        ByteBuffer.wrap(newer).putShort(6, (short) (JAVA + 45));
        String name = "META-INF/versions/%d/demo/Demo.class".formatted(JAVA + 1);

        assertThat(check(demo().resource(name, newer).bytes())).isEmpty();
    }

    @Test
    void aClassWithPreviewFeaturesIsRefused() throws IOException {
        byte[] preview = demo().classFile("demo.Demo");
        ByteBuffer.wrap(preview).putShort(4, (short) -1);

        assertThat(check(PackJars.in(folder).resource("demo/Demo.class", preview).bytes()))
                .containsExactly(
                        "demo/Demo.class in demo.jar uses preview features of Java %d, which are off: compile it without --enable-preview."
                                .formatted(JAVA));
    }

    @Test
    void somethingElseThanAClassIsRefused() throws IOException {
        assertThat(check(demo().resource("demo/Corrupt.class", "text").bytes()))
                .containsExactly(
                        "demo/Corrupt.class in demo.jar is no class file: build the JAR again.");
    }

    @Test
    void twoJarsThatAreOneModuleAreRefused() throws Exception {
        byte[] module = demo().source("module-info", "module demo.weather {}").bytes();
        var jars =
                List.of(
                        write("a.jar", module),
                        write("lib/b.jar", module),
                        write("c.jar", demo().bytes()));

        var refused =
                catchThrowableOfType(PackException.class, () -> new PackCheck(LIMITS).check(jars));

        assertThat(refused.problems())
                .containsExactly(
                        "a.jar and lib/b.jar are both the module demo.weather: two versions of one"
                                + " library. Keep one.");
    }

    @Test
    void aModuleOfThePlatformIsRefused() throws IOException {
        byte[] descriptor =
                demo().source("module-info", "module java_sql {}").classFile("module-info");

        ZipBytes.replace(descriptor, "java_sql", "java.sql");

        assertThat(check(PackJars.in(folder).resource("module-info.class", descriptor).bytes()))
                .containsExactly(
                        "demo.jar says it is the module java.sql, which the service has already:"
                                + " rename it.");
    }

    @Test
    void theModuleIsFound() throws IOException {
        byte[] module = demo().source("module-info", "module demo.weather {}").bytes();

        assertThat(findings("demo.jar", module))
                .isEqualTo(new JarCheck.Findings(List.of(), Optional.of("demo.weather")));
    }

    private List<String> check(byte[] jar) throws IOException {
        return findings("demo.jar", jar).problems();
    }

    private JarCheck.Findings findings(String name, byte[] jar) throws IOException {
        return new JarCheck(LIMITS).check(write(name, jar));
    }

    private PackCopy.Jar write(String name, byte[] content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return new PackCopy.Jar(name, Files.write(path, content));
    }

    private PackJars demo() {
        return PackJars.in(folder).source("demo.Demo", "package demo; public class Demo {}");
    }

    private static String path(String className) {
        return className.replace('.', '/') + ".class";
    }
}
