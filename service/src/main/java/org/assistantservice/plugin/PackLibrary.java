package org.assistantservice.plugin;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.dispatch.CatalogLease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The packs of one directory: found, copied, checked, bound, and swapped while runs go on. A bad
/// pack stops neither the service nor another pack, and a bad new version leaves the old one
/// serving. Call [#scan] first, then [#start]. Thread-safe.
///
/// Class loaders separate versions, not trust: install only JARs that you would run as your own
/// code.
public final class PackLibrary implements ActionSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PackLibrary.class);
    private static final int WORKERS = 2;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final PackSettings settings;
    private final Clock clock;
    private final PackLoader loader;
    private final PackCopies copies;
    private final PackShelf shelf;
    private final PackUpdates updates;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(threads("packs-watch"));
    private final ExecutorService workers =
            Executors.newFixedThreadPool(WORKERS, threads("packs-refresh-"));
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// What listeners know; for the watching thread only.
    private List<PackStatus> told = List.of();

    /// A library whose packs are bound by reflection; sees no pack until the first [#scan].
    ///
    /// @param environment what actions get from the service
    public static PackLibrary of(
            PackSettings settings, JarLimits limits, ActionEnvironment environment) {
        ActionBinder binder = new ActionBinder();
        return new PackLibrary(
                settings,
                limits,
                (pack, scanned, loader, pool) ->
                        binder.bind(pack, scanned, loader, pool, environment));
    }

    PackLibrary(PackSettings settings, JarLimits limits, PackBinder binder) {
        this.settings = settings;
        this.clock = Clock.systemUTC();
        this.loader = new PackLoader(settings, binder);
        this.copies = new PackCopies(settings.copiesDirectory(), new PackCheck(limits), clock);
        this.shelf = new PackShelf(loader, copies, clock);
        this.updates =
                new PackUpdates(
                        new PackFolders(settings.directory(), limits.maxPerPack()),
                        copies,
                        shelf,
                        workers);
    }

    /// Loads every pack that is there, at most two at a time, and returns when each one serves or
    /// is refused. If one was written within the last poll interval, it waits as long, to see
    /// whether it is still being written.
    public void scan() throws InterruptedException {
        onWatch(() -> {
            if (updates.update(clock.instant().minus(settings.pollInterval()))) {
                TimeUnit.NANOSECONDS.sleep(settings.pollInterval().toNanos());
                updates.update(Instant.MIN);
            }
            tellListeners();
            return true;
        });
    }

    /// Looks at the directory at every poll interval from now on.
    public void start() {
        long interval = settings.pollInterval().toNanos();
        var _ =
                watch.scheduleWithFixedDelay(
                        this::lookAgain, interval, interval, TimeUnit.NANOSECONDS);
    }

    /// Looks at the directory once and returns when all that was found is dealt with. A change is
    /// dealt with at the second look that finds it the same.
    public void poll() throws InterruptedException {
        onWatch(() -> {
            lookAgain();
            return true;
        });
    }

    /// Deletes private copies that nobody needs any more; of each pack the newest three stay. For
    /// after the first [#scan], when it is known which runs will be recovered.
    ///
    /// @param digestsInUse versions that a run may still ask for by [#lease(Map)]
    public void deleteOldCopies(Set<String> digestsInUse) throws InterruptedException {
        onWatch(() -> {
            Set<String> kept = new HashSet<>(digestsInUse);
            kept.addAll(shelf.loadedDigests());
            try {
                copies.deleteOld(kept);
            } catch (IOException e) {
                LOG.warn("Old copies of packs could not all be deleted", e);
            }
            return true;
        });
    }

    /// Every folder that has JARs, sorted by name.
    public List<PackStatus> status() {
        return updates.states().values().stream()
                .map(it -> it.status(settings.abandonedBeforeQuarantine()))
                .toList();
    }

    /// Runs `listener` after [#status] has changed, on the watching thread: it must not block, nor
    /// call [#scan] or [#poll].
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public ActionCatalog current() {
        return shelf.current();
    }

    /// One atomic step: no lock, no file is touched.
    @Override
    public CatalogLease lease() {
        return shelf.lease();
    }

    /// Loads a version that is not loaded, which may take up to the load timeout.
    @Override
    public CatalogLease lease(Map<String, String> packDigests) {
        return shelf.lease(packDigests);
    }

    /// Stops watching and serves no actions to new leases. Versions that are leased stay loaded
    /// until their leases are closed; of the others it waits up to 5 s for their instances to
    /// close.
    @Override
    public void close() {
        watch.shutdownNow();
        workers.shutdownNow();
        try {
            if (!watch.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A pack is still being loaded; it is left behind");
            }
            updates.forgetAll();
            loader.awaitClosing(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            updates.forgetAll();
            Thread.currentThread().interrupt();
        }
    }

    private void lookAgain() {
        try {
            updates.update(Instant.MIN);
            tellListeners();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Looking at the packs failed; trying again", e);
        }
    }

    private void tellListeners() {
        List<PackStatus> now = status();
        if (now.equals(told)) {
            return;
        }
        now.stream()
                .filter(it -> it.state() == PackStatus.State.QUARANTINED && !told.contains(it))
                .forEach(it -> LOG.warn("Quarantined: {}", String.join(" ", it.problems())));
        told = now;
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("A listener failed after packs changed", e);
            }
        }
    }

    private void onWatch(Callable<Boolean> work) throws InterruptedException {
        try {
            watch.submit(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("The library was closed");
            }
            throw new IllegalStateException("Looking at the packs failed", e.getCause());
        }
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }
}
