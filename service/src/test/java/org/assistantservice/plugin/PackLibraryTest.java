package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.dispatch.CatalogLease;
import org.assistantservice.plugin.PackStatus.State;
import org.junit.jupiter.api.Test;

class PackLibraryTest extends LibraryFixture {
    private static final String NO_ZIP =
            "demo.jar is not a ZIP file: build it with Maven, Gradle or the jar command.";

    @Test
    void packsThatAreThereServeAfterTheFirstScan() throws Exception {
        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        DemoPack.in(folder("other"), "2").jar("other.jar");

        library.scan();

        assertThat(library.current().definitions())
                .extracting(it -> it.ref().qualified())
                .containsExactlyInAnyOrder("demo.version", "other.version");
        assertThat(library.status())
                .extracting(PackStatus::name, PackStatus::state, PackStatus::actions)
                .containsExactly(
                        tuple("demo", State.READY, List.of("version")),
                        tuple("other", State.READY, List.of("version")));
        assertThat(library.current().packDigests())
                .containsEntry("demo", statusOf("demo").digest());
    }

    @Test
    void aMissingDirectoryIsEmptyUntilItAppears() throws Exception {
        library.scan();
        assertThat(library.status()).isEmpty();

        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        pollTwice();

        assertThat(version()).isEqualTo("1");
    }

    @Test
    void aDroppedJarIsTakenOnceItLooksTheSameTwice() throws Exception {
        library.scan();
        DemoPack.in(folder("demo"), "1").jar("demo.jar");

        library.poll();
        assertThat(library.status()).isEmpty();
        library.poll();

        assertThat(version()).isEqualTo("1");
    }

    @Test
    void aJarThatIsStillGrowingIsNotTouched() throws Exception {
        byte[] jar = DemoPack.in(folder("demo"), "1").bytes();
        library.scan();
        Files.createDirectories(folder("demo"));
        Path growing = folder("demo").resolve("demo.jar");

        for (int length = 1; length < jar.length; length += jar.length / 4) {
            Files.write(growing, Arrays.copyOf(jar, length));
            library.poll();
            assertThat(library.status()).isEmpty();
        }
        Files.write(growing, jar);
        pollTwice();

        assertThat(version()).isEqualTo("1");
    }

    @Test
    void aBadPackStopsNoOther() throws Exception {
        write("bad/bad.jar", "text");
        DemoPack.in(folder("demo"), "1").jar("demo.jar");

        library.scan();

        assertThat(version()).isEqualTo("1");
        assertThat(statusOf("bad"))
                .isEqualTo(
                        new PackStatus(
                                "bad",
                                State.REFUSED,
                                "",
                                List.of(),
                                List.of(
                                        "bad.jar is not a ZIP file: build it with Maven, Gradle or"
                                                + " the jar command.")));
    }

    @Test
    void aChangedPackServesNewLeasesWhileOldLeasesKeepTheOldVersion() throws Exception {
        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();

        try (CatalogLease old = library.lease()) {
            DemoPack.in(folder("demo"), "2").jar("demo.jar");
            pollTwice();

            assertThat(version()).isEqualTo("2");
            assertThat(call(old.catalog())).isEqualTo("1");
        }
    }

    @Test
    void aJarOverwrittenInPlaceDoesNotDisturbTheVersionThatServes() throws Exception {
        Path jar = DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();

        Files.write(jar, new byte[10_000]);

        assertThat(version()).isEqualTo("1");
    }

    @Test
    void aBadNewVersionLeavesTheOldOneServing() throws Exception {
        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();
        String digest = statusOf("demo").digest();

        write("demo/demo.jar", "text");
        pollTwice();

        assertThat(version()).isEqualTo("1");
        assertThat(statusOf("demo"))
                .isEqualTo(
                        new PackStatus(
                                "demo",
                                State.SERVING_OLD,
                                digest,
                                List.of("version"),
                                List.of(NO_ZIP)));
    }

    @Test
    void goingBackToTheVersionThatServesMakesAllWell() throws Exception {
        byte[] good = DemoPack.in(folder("demo"), "1").bytes();
        Path jar = DemoPack.in(folder("demo"), "1").jar("demo.jar");
        Files.write(jar, good);
        library.scan();
        write("demo/demo.jar", "text");
        pollTwice();

        Files.write(jar, good);
        pollTwice();

        assertThat(statusOf("demo").state()).isEqualTo(State.READY);
        assertThat(statusOf("demo").problems()).isEmpty();
    }

    @Test
    void aRefusedPackServesOnceItIsMended() throws Exception {
        write("demo/demo.jar", "text");
        library.scan();
        assertThat(statusOf("demo").problems()).containsExactly(NO_ZIP);

        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        pollTwice();

        assertThat(version()).isEqualTo("1");
    }

    @Test
    void aRemovedPackIsGoneForNewLeasesOnly() throws Exception {
        Path jar = DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();

        try (CatalogLease old = library.lease()) {
            Files.delete(jar);
            pollTwice();

            assertThat(library.current().definitions()).isEmpty();
            assertThat(library.status()).isEmpty();
            assertThat(call(old.catalog())).isEqualTo("1");
        }
    }

    @Test
    void listenersHearOfEachChangeOnce() throws Exception {
        var changes = new AtomicInteger();
        library.onChange(() -> {
            throw new IllegalStateException("a listener that fails");
        });
        library.onChange(changes::incrementAndGet);
        DemoPack.in(folder("demo"), "1").jar("demo.jar");

        library.scan();
        library.poll();
        assertThat(changes).hasValue(1);
        write("demo/demo.jar", "text");
        pollTwice();

        assertThat(changes).hasValue(2);
    }

    @Test
    void aWatchedDirectoryIsPickedUpByItself() throws Exception {
        library.scan();
        library.start();

        DemoPack.in(folder("demo"), "1").jar("demo.jar");

        await().until(() -> library.current().find(VERSION).isPresent());
    }

    @Test
    void aPackThatHangsWhileLoadingIsRefusedAndTheOthersServe() throws Exception {
        library.close();
        library = open(Duration.ofMillis(500));
        PackJars.in(folder("hanging"))
                .source(
                        "demo.Demo",
                        """
                        package demo;
                        public class Demo {
                            static {
                                while (System.getProperty("PackLibraryTest.end") == null) {
                                    Thread.onSpinWait();
                                }
                            }
                            @org.assistantservice.actions.Action(name = "a", description = "")
                            public void a() {}
                        }
                        """)
                .jar("hanging.jar");
        DemoPack.in(folder("demo"), "1").jar("demo.jar");

        try {
            library.scan();

            assertThat(version()).isEqualTo("1");
            assertThat(statusOf("hanging").problems())
                    .singleElement()
                    .asString()
                    .startsWith("Pack 'hanging' did not load within PT0.5S: ")
                    .endsWith("is left behind, in demo.Demo.<clinit>.");
        } finally {
            System.setProperty("PackLibraryTest.end", "true");
        }
    }
}
