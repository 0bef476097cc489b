package org.assistantservice.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.dispatch.ActionPool;
import org.assistantservice.dispatch.CatalogLease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackShelfTest {
    @TempDir Path root;

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger loads = new AtomicInteger();

    @Test
    void aVersionThatLoadedTooSlowlyIsTriedAgainLater() throws Exception {
        DemoPack.in(root.resolve("packs/demo"), "1").jar("demo.jar");
        var copies = new PackCopies(root.resolve("copies"), new PackCheck(DemoPack.LIMITS), clock);
        PackFolder folder = new PackFolders(root.resolve("packs"), 10).find().getFirst();
        Map<String, String> pinned = Map.of("demo", copies.copy(folder).orElseThrow().digest());
        var settings = DemoPack.settings(root, Duration.ofSeconds(2));
        var shelf = new PackShelf(new PackLoader(settings, this::slowOnce), copies, clock);

        assertThat(versions(shelf, pinned)).isEmpty();
        assertThat(versions(shelf, pinned)).isEmpty();
        assertThat(loads).hasValue(1);
        clock.advance(Duration.ofMinutes(1));

        assertThat(versions(shelf, pinned)).containsExactly("1");
        assertThat(loads).hasValue(2);
    }

    private static List<String> versions(PackShelf shelf, Map<String, String> pinned)
            throws ReflectiveOperationException {
        try (CatalogLease lease = shelf.lease(pinned)) {
            return lease.catalog().find(LibraryFixture.VERSION).isEmpty()
                    ? List.of()
                    : List.of(LibraryFixture.call(lease.catalog()));
        }
    }

    private BoundPack slowOnce(
            String pack, List<ScannedAction> scanned, ClassLoader loader, ActionPool pool)
            throws ActionDefinitionException {
        if (loads.incrementAndGet() == 1) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return new ReflectiveBinder().bind(pack, scanned, loader, pool);
    }
}
