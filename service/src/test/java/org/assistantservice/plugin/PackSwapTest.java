package org.assistantservice.plugin;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.CatalogLease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackSwapTest {
    private static final int SWAPS = 20;
    private static final int RUNS = 50;
    private static final long PAUSE_NANOS = 100_000;
    private static final ActionRef VERSION = new ActionRef("demo", "version");

    @TempDir Path root;

    private final Queue<WeakReference<ClassLoader>> loaders = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isSwapping = new AtomicBoolean(true);
    private final CountDownLatch running = new CountDownLatch(RUNS);

    @Test
    void swapsUnderLeasesFailNoCallAndLeaveNoClassLoaderBehind() throws Exception {
        Path folder = root.resolve("packs/demo");
        DemoPack.in(folder, "version 0").jar("demo.jar");

        try (var library = library()) {
            library.scan();
            List<Future<Integer>> runs = startRuns(library);
            for (int i = 1; i <= SWAPS; i++) {
                DemoPack.in(folder, "version " + i).jar("demo.jar");
                library.poll();
                library.poll();
                assertThat(callOnce(library)).isEqualTo("version " + i);
            }
            isSwapping.set(false);

            for (Future<Integer> run : runs) {
                assertThat(run.get(60, SECONDS)).isPositive();
            }
            assertThat(loaders).hasSize(SWAPS + 1);
            await().atMost(Duration.ofSeconds(60)).until(() -> loadersLeft() == 1);
            assertThat(callOnce(library)).isEqualTo("version " + SWAPS);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> loadersLeft() == 0);
    }

    private List<Future<Integer>> startRuns(PackLibrary library) throws InterruptedException {
        List<Future<Integer>> runs = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (int i = 0; i < RUNS; i++) {
            runs.add(threads.submit(() -> run(library)));
        }
        threads.shutdown();
        running.await();
        return runs;
    }

    /// Leases again and again; under each lease every call answers with the same version.
    private int run(PackLibrary library) throws Exception {
        int leases = 0;
        running.countDown();
        do {
            try (CatalogLease lease = library.lease()) {
                ActionInvoker action = lease.catalog().find(VERSION).orElseThrow();
                String version = ReflectiveBinder.call(action);
                for (int i = 0; i < 20; i++) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    assertThat(ReflectiveBinder.call(action)).isEqualTo(version);
                }
                leases++;
            }
        } while (isSwapping.get());
        return leases;
    }

    private PackLibrary library() {
        var binding = new ReflectiveBinder();
        return new PackLibrary(
                DemoPack.settings(root, Duration.ofSeconds(30)),
                DemoPack.LIMITS,
                (pack, scanned, loader, pool) -> {
                    loaders.add(new WeakReference<>(loader));
                    return binding.bind(pack, scanned, loader, pool);
                });
    }

    private static String callOnce(PackLibrary library) throws ReflectiveOperationException {
        try (CatalogLease lease = library.lease()) {
            return ReflectiveBinder.call(lease.catalog().find(VERSION).orElseThrow());
        }
    }

    private long loadersLeft() {
        System.gc();
        return loaders.stream().filter(it -> it.get() != null).count();
    }
}
