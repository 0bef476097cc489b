package org.assistantservice.plugin;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.dispatch.CatalogLease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The versions that are loaded, and the generation of them that new runs lease. A version is
/// loaded once, however many ask for it, and stays as long as a generation or a lease holds it.
/// Leasing what is current is one atomic step. Thread-safe.
final class PackShelf implements ActionSource {
    private static final Logger LOG = LoggerFactory.getLogger(PackShelf.class);
    private static final int MAX_BROKEN = 1000;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final PackLoader loader;
    private final PackCopies copies;
    private final Clock clock;
    private final Map<Key, CompletableFuture<PackVersion>> loads = new ConcurrentHashMap<>();

    /// Versions that a lease asked for and that would not load, so that they are not tried at every
    /// lease, and when they may be tried again.
    private final Map<Key, Instant> broken = new ConcurrentHashMap<>();

    private final AtomicReference<Generation> current =
            new AtomicReference<>(Generation.of(List.of()));

    private record Key(String pack, String digest) {}

    PackShelf(PackLoader loader, PackCopies copies, Clock clock) {
        this.loader = loader;
        this.copies = copies;
        this.clock = clock;
    }

    @Override
    public ActionCatalog current() {
        return current.get().catalog();
    }

    @Override
    public CatalogLease lease() {
        return hold().asLease();
    }

    @Override
    public CatalogLease lease(Map<String, String> packDigests) {
        Generation now = hold();
        if (now.catalog().packDigests().entrySet().containsAll(packDigests.entrySet())) {
            return now.asLease();
        }
        Map<String, PackVersion> chosen = new HashMap<>(now.versions());
        List<PackVersion> held = new ArrayList<>();
        try {
            packDigests.forEach((pack, digest) ->
                    versionOf(new Key(pack, digest))
                            .ifPresent(version -> {
                                held.add(version);
                                chosen.put(pack, version);
                            }));
            return Generation.of(chosen.values()).asLease();
        } finally {
            held.forEach(PackVersion::release);
            now.release();
        }
    }

    /// Serves these versions to new leases from now on.
    ///
    /// @param versions one for each pack, each held by the caller during this call
    void publish(Collection<PackVersion> versions) {
        current.getAndSet(Generation.of(versions)).release();
    }

    /// The version of a copy, loaded now unless it is already. The caller holds it.
    ///
    /// @throws PackException if it cannot be loaded
    PackVersion load(PackCopy copy) throws PackException, InterruptedException {
        var key = new Key(copy.pack(), copy.digest());
        while (true) {
            var mine = new CompletableFuture<PackVersion>();
            CompletableFuture<PackVersion> known = loads.putIfAbsent(key, mine);
            if (known == null) {
                return loadAs(key, copy, mine);
            }
            Optional<PackVersion> version = await(known);
            if (version.isPresent() && version.get().tryHold()) {
                return version.get();
            }
            loads.remove(key, known);
        }
    }

    /// Digests of all versions that are loaded.
    Set<String> loadedDigests() {
        return loads.keySet().stream().map(Key::digest).collect(Collectors.toUnmodifiableSet());
    }

    private PackVersion loadAs(Key key, PackCopy copy, CompletableFuture<PackVersion> mine)
            throws PackException, InterruptedException {
        try {
            PackVersion version = loader.load(copy, () -> loads.remove(key, mine));
            mine.complete(version);
            return version;
        } catch (PackException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            if (!mine.isDone()) {
                mine.cancel(false);
            }
            if (mine.isCompletedExceptionally()) {
                loads.remove(key, mine);
            }
        }
    }

    /// @return what somebody else loads; empty if they gave up, so that it is to be tried again
    private static Optional<PackVersion> await(CompletableFuture<PackVersion> known)
            throws PackException, InterruptedException {
        try {
            return Optional.of(known.get());
        } catch (CancellationException e) {
            LOG.debug("Loading was interrupted; trying again", e);
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PackException refused) {
                throw refused.again();
            }
            throw new IllegalStateException("Loading ends in a version or a refusal", e);
        }
    }

    private Generation hold() {
        Generation generation = current.get();
        while (!generation.tryHold()) {
            generation = current.get();
        }
        return generation;
    }

    /// The version that a lease asks for, held; empty if it cannot be had.
    private Optional<PackVersion> versionOf(Key key) {
        CompletableFuture<PackVersion> known = loads.get(key);
        if (known != null && known.state() == State.SUCCESS && known.resultNow().tryHold()) {
            return Optional.of(known.resultNow());
        }
        if (clock.instant().isBefore(broken.getOrDefault(key, Instant.MIN))) {
            return Optional.empty();
        }
        try {
            Optional<PackCopy> copy = copies.open(key.pack(), key.digest());
            if (copy.isPresent()) {
                return Optional.of(load(copy.get()));
            }
            LOG.info("The copy of {} is gone; its current version is used", key);
        } catch (IOException e) {
            LOG.warn("The copy of {} cannot be read; its current version is used", key, e);
        } catch (PackException e) {
            rememberBroken(key, e.mayPass() ? clock.instant().plus(PAUSE) : Instant.MAX);
            LOG.warn("{} does not load; its current version is used", key, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void rememberBroken(Key key, Instant until) {
        if (broken.size() >= MAX_BROKEN) {
            broken.clear();
        }
        broken.put(key, until);
    }
}
