package org.assistantservice.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackCopiesTest {
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    @TempDir Path root;

    @Test
    void aPackIsCopiedUnderItsDigestWithEveryJar() throws Exception {
        DemoPack.in(pack(), "1").jar("demo.jar");
        DemoPack.in(pack().resolve("lib"), "1").jar("library.jar");

        PackCopy copy = copies(NOON).copy(folder()).orElseThrow();

        Path version = copiesDirectory().resolve("demo").resolve(copy.digest());
        assertThat(copy.digest()).matches("[0-9a-f]{64}");
        assertThat(copy.jars())
                .containsExactly(
                        new PackCopy.Jar("demo.jar", version.resolve("demo.jar")),
                        new PackCopy.Jar("lib/library.jar", version.resolve("lib/library.jar")));
        assertThat(version.resolve("demo.jar")).hasSameBinaryContentAs(pack().resolve("demo.jar"));
    }

    @Test
    void theDigestFollowsFromContentAndNamesAlone() throws Exception {
        byte[] jar = DemoPack.in(pack(), "1").bytes();
        write("demo.jar", jar);
        String first = copies(NOON).copy(folder()).orElseThrow().digest();

        Files.delete(pack().resolve("demo.jar"));
        write("demo.jar", jar);
        String again = copies(NOON).copy(folder()).orElseThrow().digest();
        Files.move(pack().resolve("demo.jar"), pack().resolve("renamed.jar"));
        String renamed = copies(NOON).copy(folder()).orElseThrow().digest();

        assertThat(again).isEqualTo(first);
        assertThat(renamed).isNotEqualTo(first);
    }

    @Test
    void aJarThatGrewSinceItWasSeenIsLookedAtAgain() throws Exception {
        Path jar = DemoPack.in(pack(), "1").jar("demo.jar");
        PackFolder seen = folder();
        Files.writeString(jar, "more", StandardOpenOption.APPEND);

        assertThat(copies(NOON).copy(seen)).isEmpty();
        assertThat(everyFile()).isEmpty();
    }

    @Test
    void aJarThatWasDeletedSinceItWasSeenIsLookedAtAgain() throws Exception {
        Path jar = DemoPack.in(pack(), "1").jar("demo.jar");
        PackFolder seen = folder();
        Files.delete(jar);

        assertThat(copies(NOON).copy(seen)).isEmpty();
    }

    @Test
    void aRefusedPackLeavesNoCopy() throws Exception {
        write("demo.jar", "text".getBytes(UTF_8));
        PackFolder seen = folder();

        assertThatExceptionOfType(PackException.class)
                .isThrownBy(() -> copies(NOON).copy(seen))
                .withMessage(
                        "demo.jar is not a ZIP file: build it with Maven, Gradle or the jar"
                                + " command.");
        assertThat(everyFile()).isEmpty();
    }

    @Test
    void aDamagedCopyIsMadeAgain() throws Exception {
        DemoPack.in(pack(), "1").jar("demo.jar");
        PackCopy copy = copies(NOON).copy(folder()).orElseThrow();
        Files.writeString(copy.jars().getFirst().path(), "power failed here");

        PackCopy again = copies(NOON).copy(folder()).orElseThrow();

        assertThat(again).isEqualTo(copy);
        assertThat(again.jars().getFirst().path())
                .hasSameBinaryContentAs(pack().resolve("demo.jar"));
    }

    @Test
    void aDamagedCopyIsNeverOpened() throws Exception {
        DemoPack.in(pack(), "1").jar("demo.jar");
        PackCopy copy = copies(NOON).copy(folder()).orElseThrow();
        Files.writeString(copy.jars().getFirst().path(), "power failed here");

        assertThat(copies(NOON).open("demo", copy.digest())).isEmpty();
    }

    @Test
    void aCopyIsCheckedAgainWheneverItIsLoaded() throws Exception {
        DemoPack.in(pack(), "1").jar("demo.jar");
        PackCopy copy = copies(NOON).copy(folder()).orElseThrow();
        PackFolder seen = folder();
        var stricter =
                new PackCopies(
                        copiesDirectory(),
                        new PackCheck(new JarLimits(10, 10_000_000, 2, 10_000_000, 100)),
                        Clock.fixed(NOON, ZoneOffset.UTC));
        String refusal =
                "demo.jar has 4 entries, more than the 2 that"
                        + " assistant-service.packs.jars.max-entries allows. Split it, or raise"
                        + " that setting.";

        assertThatExceptionOfType(PackException.class)
                .isThrownBy(() -> stricter.copy(seen))
                .withMessage(refusal);
        assertThatExceptionOfType(PackException.class)
                .isThrownBy(() -> stricter.open("demo", copy.digest()))
                .withMessage(refusal);
    }

    @Test
    void whatIsNoPackOrNoDigestNamesNoCopy() throws Exception {
        DemoPack.in(pack(), "1").jar("demo.jar");
        PackCopy copy = copies(NOON).copy(folder()).orElseThrow();

        assertThat(copies(NOON).open("demo", copy.digest())).contains(copy);
        assertThat(copies(NOON).open("demo", "../demo/" + copy.digest())).isEmpty();
        assertThat(copies(NOON).open("../copies/demo", copy.digest())).isEmpty();
        assertThat(copies(NOON).open("demo", "0".repeat(64))).isEmpty();
    }

    @Test
    void oldCopiesAreDeletedButTheNewestThreeAndThoseInUse() throws Exception {
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            DemoPack.in(pack(), "version " + i).jar("demo.jar");
            digests.add(copies(NOON.plusSeconds(i)).copy(folder()).orElseThrow().digest());
        }
        Files.createDirectories(copiesDirectory().resolve("demo/.copy-unfinished/lib"));

        copies(NOON).deleteOld(Set.of(digests.get(1)));

        try (Stream<Path> left = Files.list(copiesDirectory().resolve("demo"))) {
            assertThat(left.map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            digests.get(1), digests.get(3), digests.get(4), digests.get(5));
        }
    }

    @Test
    void aCopyThatIsUsedAgainCountsAsNew() throws Exception {
        DemoPack.in(pack(), "first").jar("demo.jar");
        String first = copies(NOON).copy(folder()).orElseThrow().digest();
        for (int i = 1; i < 4; i++) {
            DemoPack.in(pack(), "version " + i).jar("demo.jar");
            assertThat(copies(NOON.plusSeconds(i)).copy(folder())).isPresent();
        }

        assertThat(copies(NOON.plusSeconds(9)).open("demo", first)).isPresent();
        copies(NOON).deleteOld(Set.of());

        assertThat(copies(NOON).open("demo", first)).isPresent();
    }

    @Test
    void deletingOldCopiesBeforeThereAreAnyDoesNothing() throws Exception {
        copies(NOON).deleteOld(Set.of());

        assertThat(copiesDirectory()).doesNotExist();
    }

    private Path pack() {
        return root.resolve("packs/demo");
    }

    private Path copiesDirectory() {
        return root.resolve("copies");
    }

    private PackFolder folder() throws IOException {
        return new PackFolders(root.resolve("packs"), 10).find().getFirst();
    }

    private PackCopies copies(Instant now) {
        return new PackCopies(
                copiesDirectory(),
                new PackCheck(DemoPack.LIMITS),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private void write(String jar, byte[] content) throws IOException {
        Files.createDirectories(pack());
        Files.write(pack().resolve(jar), content);
    }

    private List<Path> everyFile() throws IOException {
        Path copies = copiesDirectory().resolve("demo");
        if (!Files.exists(copies)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(copies)) {
            return files.skip(1).toList();
        }
    }
}
