package org.assistantservice.plugin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarCheckTest {
    private static final JarLimits LIMITS = new JarLimits(10, 100_000_000, 50, 40_000_000, 100);
    private static final int LOCAL_FLAGS = 6;
    private static final int CENTRAL_FLAGS = 8;

    @TempDir Path folder;

    @Test
    void anOrdinaryJarIsFit() throws IOException {
        byte[] jar =
                demo().resource("native/libdemo.so", "ELF")
                        .resource("lib/nested.jar", ZipBytes.zip("a.txt"))
                        .bytes();

        assertThat(check(jar)).isEmpty();
    }

    @Test
    void aJarWithoutManifestIsFit() throws IOException {
        assertThat(check(ZipBytes.zip("demo/cities.csv"))).isEmpty();
    }

    @Test
    void somethingElseIsNoZip() throws IOException {
        assertThat(check("<html>not found</html>".getBytes(UTF_8)))
                .containsExactly(
                        "demo.jar is not a ZIP file: build it with Maven, Gradle or the jar"
                                + " command.");
    }

    @Test
    void aTruncatedJarIsCutOff() throws IOException {
        byte[] whole = demo().bytes();

        assertThat(check(Arrays.copyOf(whole, whole.length / 2)))
                .containsExactly(
                        "demo.jar is cut off: the ZIP directory at its end is missing. Copy it"
                                + " again, under a name that ends in .tmp, and rename it when it is"
                                + " whole.");
    }

    @Test
    void contentThatDoesNotMatchItsChecksumIsDamaged() throws IOException {
        byte[] jar = ZipBytes.stored("demo/cities.csv", "Lisbon");
        jar[new String(jar, ISO_8859_1).indexOf("Lisbon")] = 'B';

        assertThat(check(jar))
                .containsExactly(
                        "demo.jar cannot be read as a ZIP file (wrong checksum of demo/cities.csv):"
                                + " copy it again, or build it again.");
    }

    @Test
    void anEncryptedJarIsRefused() throws IOException {
        byte[] jar = ZipBytes.stored("demo/cities.csv", "Lisbon");
        jar[LOCAL_FLAGS] = 1;
        jar[ZipBytes.centralHeader(jar) + CENTRAL_FLAGS] = 1;

        assertThat(check(jar))
                .containsExactly("demo.jar has encrypted entries: build it without a password.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.txt",
                "demo/../../evil.txt",
                "/etc/evil.txt",
                "C:\\evil.txt",
                "demo\\evil.txt"
            })
    void anEntryThatPointsOutsideIsRefused(String name) throws IOException {
        assertThat(check(ZipBytes.zip(name)))
                .containsExactly(
                        "demo.jar has an entry named '%s', which points outside the JAR: build it again without it."
                                .formatted(name));
    }

    @Test
    void entriesThatDifferInCaseOnlyAreRefused() throws IOException {
        assertThat(check(ZipBytes.zip("demo/Cities.csv", "demo/cities.csv")))
                .containsExactly(
                        "demo.jar has the entries demo/Cities.csv and demo/cities.csv, which differ"
                                + " in case only: rename one.");
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        byte[] jar = ZipBytes.zip("demo/cities.csv", "demo/cities.cs_");
        ZipBytes.replace(jar, "demo/cities.cs_", "demo/cities.csv");

        assertThat(check(jar))
                .containsExactly(
                        "demo.jar has two entries named demo/cities.csv: build it again with one.");
    }

    @Test
    void tooManyEntriesAreRefusedBeforeTheyAreRead() throws IOException {
        String[] names = new String[LIMITS.maxEntries() + 1];
        Arrays.setAll(names, i -> "demo/%d.txt".formatted(i));

        assertThat(check(ZipBytes.zip(names)))
                .containsExactly(
                        "demo.jar has 51 entries, more than the 50 that"
                                + " assistant-service.packs.jars.max-entries allows. Split it, or"
                                + " raise that setting.");
    }

    @Test
    void aDirectoryFarLargerThanItsEntriesNeedIsRefused() throws IOException {
        byte[] jar = ZipBytes.zip("a.txt");
        ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN).putInt(jar.length - 10, 99_000_000);

        assertThat(check(jar))
                .containsExactly(
                        "demo.jar has a ZIP directory of 99000000 bytes, far more than its entries"
                                + " need: build it again.");
    }

    @Test
    void aZip64ArchiveIsRefused() throws IOException {
        byte[] jar = ZipBytes.zip("a.txt");
        ByteBuffer.wrap(jar).putShort(jar.length - 12, (short) -1);

        assertThat(check(jar))
                .containsExactly(
                        "demo.jar is a ZIP64 archive, which is for more than 65,534 entries or 4 GB:"
                                + " split it.");
    }

    @Test
    void aZipBombIsRefusedByItsRatio() throws IOException {
        assertThat(check(demo().resource("zeros", new byte[20_000_000]).bytes()))
                .containsExactly(
                        "demo.jar unpacks to more than 100 times its size: no ordinary JAR does."
                                + " Make its content smaller, or raise"
                                + " assistant-service.packs.jars.max-ratio.");
    }

    @Test
    void aJarThatUnpacksToTooMuchIsRefused() throws IOException {
        byte[] noise = new byte[1_000_000];
        new Random(1).nextBytes(noise);
        byte[] content = new byte[40_000_001];
        System.arraycopy(noise, 0, content, 0, noise.length);

        assertThat(check(demo().resource("large", content).bytes()))
                .containsExactly(
                        "demo.jar unpacks to more than the 40000000 bytes that"
                                + " assistant-service.packs.jars.max-inflated-size allows. Make it"
                                + " smaller, or raise that setting.");
    }

    @Test
    void emptyAndOversizedJarsAreRefusedBeforeTheyAreRead() {
        var limits = new JarLimits(10, 100, 50, 1000, 100);
        var empty = found("empty.jar", 0);
        var large = found("large.jar", 101);

        assertThat(problems(() -> new PackCheck(limits).checkSizes(List.of(empty, large))))
                .containsExactly(
                        "empty.jar is empty (0 bytes): copy it again, or delete it.",
                        "large.jar has 101 bytes, more than the 100 that"
                                + " assistant-service.packs.jars.max-size allows. Make it smaller,"
                                + " or raise that setting.");
    }

    @Test
    void aSignedJarIsFitUntilItIsAltered() throws Exception {
        Path signed = SignedJar.sign(write("plain.jar", demo().bytes()).path(), folder);
        byte[] intact = Files.readAllBytes(signed);
        byte[] altered = SignedJar.withEntry(signed, "demo/Demo.class", "other content");

        assertThat(check(intact)).isEmpty();
        assertThat(check(altered))
                .containsExactly(
                        "demo.jar is signed, but its signature does not match its content (SHA-256"
                                + " digest error for demo/Demo.class): sign it again.");
    }

    private interface Check {
        void run() throws PackException;
    }

    private static List<String> problems(Check check) {
        try {
            check.run();
            return List.of();
        } catch (PackException e) {
            return e.problems();
        }
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

    private PackFolder.Jar found(String name, long size) {
        return new PackFolder.Jar(name, folder.resolve(name), size, FileTime.fromMillis(0), null);
    }

    private PackJars demo() {
        return PackJars.in(folder).source("demo.Demo", "package demo; public class Demo {}");
    }
}
