package org.assistantservice.plugin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads versions of packs from their private copies, and closes them. Thread-safe.
final class PackLoader {
    private static final Logger LOG = LoggerFactory.getLogger(PackLoader.class);

    private final PackSettings settings;
    private final PackBinder binder;
    private final PackScanner scanner = new PackScanner();
    private final Set<Thread> closing = ConcurrentHashMap.newKeySet();
    private final SharedClasses shared = new SharedClasses(PackLoader.class.getClassLoader());

    PackLoader(PackSettings settings, PackBinder binder) {
        this.settings = settings;
        this.binder = binder;
    }

    /// Scans the copy, loads its classes and binds its actions, within the load timeout. The
    /// version is held by the caller.
    ///
    /// @param afterClose runs once, when the version has been closed
    /// @throws PackException if the pack has no actions, its definitions are wrong, its classes do
    ///   not load, or loading takes too long
    PackVersion load(PackCopy copy, Runnable afterClose)
            throws PackException, InterruptedException {
        var opened = new Opened(copy, afterClose);
        try {
            BoundPack bound =
                    opened.thread().call("pack-load-" + nameOf(copy), opened::bind, opened::close);
            return new PackVersion(copy, bound, opened.pool::isQuarantined, opened::closeAside);
        } catch (TimeoutException e) {
            throw PackException.thatMayPass(tooSlow(copy.pack(), String.valueOf(e.getMessage())));
        } catch (ExecutionException e) {
            opened.closeAside();
            throw new PackException(LoadProblems.of(copy.pack(), e.getCause()));
        }
    }

    /// Waits for versions that are being closed at this moment.
    void awaitClosing(Duration limit) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        for (Thread thread : closing) {
            Duration left = Duration.between(Instant.now(), end);
            if (!left.isPositive() || !thread.join(left)) {
                LOG.warn("{} takes longer; it is left behind", thread.getName());
            }
        }
    }

    private String tooSlow(String pack, String where) {
        return ("Pack '%s' did not load within %s: take slow work out of its static initialisers and"
                        + " constructors. %s")
                .formatted(pack, settings.loadTimeout(), where);
    }

    private static String nameOf(PackCopy copy) {
        return copy.pack() + "-" + copy.shortDigest();
    }

    /// What is open for one version, from the start of loading to the end of its use.
    private final class Opened {
        private final PackCopy copy;
        private final Runnable afterClose;
        private final PackClassLoader loader;
        private final ActionPool pool;
        private final AtomicReference<@Nullable BoundPack> bound = new AtomicReference<>();

        Opened(PackCopy copy, Runnable afterClose) {
            this.copy = copy;
            this.afterClose = afterClose;
            this.loader = new PackClassLoader(copy, shared);
            this.pool =
                    new ActionPool(
                            copy.pack(),
                            settings.threadsPerPack(),
                            settings.abandonedBeforeQuarantine());
        }

        PackThread thread() {
            return new PackThread(loader, settings.loadTimeout());
        }

        BoundPack bind() throws PackException, ActionDefinitionException {
            List<ScannedAction> actions = scanner.scan(copy);
            if (actions.isEmpty()) {
                throw new PackException(
                        ("Pack '%s' has no action: no method in its JARs has @Action. Annotate one,"
                                        + " or remove the JARs.")
                                .formatted(copy.pack()));
            }
            BoundPack made = binder.bind(copy.pack(), actions, loader, pool);
            bound.set(made);
            // Fails on two actions of one name, which would otherwise fail the catalog of all
            // packs.
            ActionCatalog unused = new ActionCatalog(made.invokers(), Map.of());
            LOG.debug("Bound {}", unused.definitions());
            return made;
        }

        /// Closes on a thread of its own: instances of the pack may take their time.
        void closeAside() {
            Thread thread =
                    Thread.ofVirtual()
                            .name("packs-close-" + nameOf(copy))
                            .unstarted(() -> {
                                close();
                                closing.remove(Thread.currentThread());
                            });
            closing.add(thread);
            thread.start();
        }

        void close() {
            pool.close();
            BoundPack made = bound.getAndSet(null);
            if (made != null) {
                closeInstances(made);
            }
            try {
                loader.close();
            } catch (IOException e) {
                LOG.warn("Pack '{}': a JAR could not be closed", copy.pack(), e);
            }
            afterClose.run();
        }

        private void closeInstances(BoundPack made) {
            try {
                thread().call(
                                "pack-close-" + nameOf(copy),
                                () -> {
                                    made.close().run();
                                    return true;
                                },
                                () -> LOG.info("Pack '{}': closed late", copy.pack()));
            } catch (TimeoutException e) {
                LOG.warn("Pack '{}' did not close in time. {}", copy.pack(), e.getMessage());
            } catch (ExecutionException e) {
                LOG.warn("Pack '{}' failed to close", copy.pack(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
