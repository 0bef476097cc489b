package org.assistantservice.plugin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.CatalogLease;

/// The pack versions that serve together, with their catalog. Holds every version until its last
/// holder let go. Thread-safe and lock-free.
final class Generation {
    private final Map<String, PackVersion> versions;
    private final ActionCatalog catalog;
    private final Holders holders = new Holders();

    private Generation(Map<String, PackVersion> versions) {
        this.versions = versions;
        this.catalog =
                new ActionCatalog(
                        versions.values().stream()
                                .map(PackVersion::invokers)
                                .flatMap(List::stream)
                                .toList(),
                        versions.values().stream()
                                .collect(Collectors.toMap(PackVersion::pack, PackVersion::digest)));
    }

    /// @param versions one for each pack, each held by the caller during this call
    static Generation of(Collection<PackVersion> versions) {
        Map<String, PackVersion> byPack =
                versions.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        PackVersion::pack, Function.identity()));
        var generation = new Generation(byPack);
        for (PackVersion version : versions) {
            if (!version.tryHold()) {
                throw new IllegalStateException(
                        "Version %s of pack %s is closed"
                                .formatted(version.digest(), version.pack()));
            }
        }
        return generation;
    }

    /// By pack name.
    Map<String, PackVersion> versions() {
        return versions;
    }

    ActionCatalog catalog() {
        return catalog;
    }

    /// Turns the caller's hold into a lease.
    CatalogLease asLease() {
        var isReleased = new AtomicBoolean();
        return new CatalogLease(
                catalog,
                () -> {
                    if (isReleased.compareAndSet(false, true)) {
                        release();
                    }
                });
    }

    /// Adds a holder, who calls [#release] once; false if the last one is gone already.
    boolean tryHold() {
        return holders.tryAdd();
    }

    void release() {
        if (holders.remove()) {
            versions.values().forEach(PackVersion::release);
        }
    }
}
