package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.CatalogLease;
import org.junit.jupiter.api.Test;

class PackLeaseTest extends LibraryFixture {
    @Test
    void aRecoveredRunGetsTheVersionItBeganWith() throws Exception {
        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        DemoPack.in(folder("other"), "7").jar("other.jar");
        library.scan();
        Map<String, String> begun = Map.of("demo", statusOf("demo").digest());
        DemoPack.in(folder("demo"), "2").jar("demo.jar");
        pollTwice();

        try (CatalogLease lease = library.lease(begun)) {
            assertThat(call(lease.catalog())).isEqualTo("1");
            assertThat(lease.catalog().packDigests()).containsAllEntriesOf(begun);
            assertThat(lease.catalog().find(new ActionRef("other", "version"))).isPresent();
        }
        assertThat(version()).isEqualTo("2");
    }

    @Test
    void aRecoveredRunGetsItsVersionAfterARestartToo() throws Exception {
        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();
        Map<String, String> begun = library.current().packDigests();
        library.close();
        DemoPack.in(folder("demo"), "2").jar("demo.jar");
        library = open(Duration.ofSeconds(20));
        library.scan();

        try (CatalogLease lease = library.lease(begun)) {
            assertThat(call(lease.catalog())).isEqualTo("1");
        }
    }

    @Test
    void aRecoveredRunWhoseCopyIsGoneGetsTheCurrentVersion() throws Exception {
        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();

        try (CatalogLease lease =
                library.lease(Map.of("demo", "0".repeat(64), "gone", "1".repeat(64)))) {
            assertThat(call(lease.catalog())).isEqualTo("1");
            assertThat(lease.catalog().packDigests()).containsOnlyKeys("demo");
        }
    }

    @Test
    void aRecoveredRunOfARemovedPackGetsItsCopy() throws Exception {
        Path jar = DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();
        Map<String, String> begun = library.current().packDigests();
        Files.delete(jar);
        pollTwice();

        try (CatalogLease lease = library.lease(begun)) {
            assertThat(call(lease.catalog())).isEqualTo("1");
        }
    }

    @Test
    void leasingTheCurrentVersionsByDigestIsLeasingWhatIsCurrent() throws Exception {
        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();

        try (CatalogLease lease = library.lease(library.current().packDigests());
                CatalogLease unpinned = library.lease(Map.of())) {
            assertThat(lease.catalog()).isSameAs(library.current());
            assertThat(unpinned.catalog()).isSameAs(library.current());
        }
    }

    @Test
    void closingALeaseTwiceCountsOnce() throws Exception {
        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();

        CatalogLease twice = library.lease();
        twice.close();
        twice.close();

        assertThat(version()).isEqualTo("1");
    }

    @Test
    void oldCopiesAreDeletedButThoseThatServeOrAreNeeded() throws Exception {
        DemoPack.in(folder("demo"), "0").jar("demo.jar");
        library.scan();
        Map<String, String> needed = library.current().packDigests();
        for (int i = 1; i < 6; i++) {
            DemoPack.in(folder("demo"), "version " + i).jar("demo.jar");
            pollTwice();
        }

        library.deleteOldCopies(Set.copyOf(needed.values()));

        try (CatalogLease lease = library.lease(needed);
                var copies = Files.list(root.resolve("copies/demo"))) {
            assertThat(call(lease.catalog())).isEqualTo("0");
            assertThat(copies).hasSize(4);
        }
    }

    @Test
    void aClosedLibraryHasNoActionsButKeepsWhatIsLeased() throws Exception {
        DemoPack.in(folder("demo"), "1").jar("demo.jar");
        library.scan();

        try (CatalogLease lease = library.lease()) {
            library.close();

            assertThat(library.current().definitions()).isEmpty();
            assertThat(call(lease.catalog())).isEqualTo("1");
        }
    }

    @Test
    void aVersionThatDoesNotLoadAnyMoreIsTriedOnceOnly() throws Exception {
        PackJars.in(folder("demo"))
                .source(
                        "demo.Once",
                        """
                        package demo;
                        public class Once {
                            static {
                                int loads = Integer.getInteger("PackLeaseTest.loads", 0) + 1;
                                System.setProperty("PackLeaseTest.loads", "" + loads);
                                if (loads > 1) throw new IllegalStateException("again");
                            }
                            @org.assistantservice.actions.Action(name = "a", description = "")
                            public void a() {}
                        }
                        """)
                .jar("demo.jar");
        library.scan();
        Map<String, String> begun = library.current().packDigests();
        DemoPack.in(folder("demo"), "2").jar("demo.jar");
        pollTwice();

        for (int i = 0; i < 3; i++) {
            try (CatalogLease lease = library.lease(begun)) {
                assertThat(call(lease.catalog())).isEqualTo("2");
            }
        }

        assertThat(System.getProperty("PackLeaseTest.loads")).isEqualTo("2");
    }
}
