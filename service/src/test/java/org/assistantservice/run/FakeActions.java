package org.assistantservice.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.dispatch.CatalogLease;

/// One version of the pack `demo`, which remembers its leases.
final class FakeActions implements ActionSource {
    static final Map<String, String> DIGESTS = Map.of(FakeAction.PACK, "sha256-1");

    private final List<FakeAction> all;
    private final ActionCatalog catalog;
    private final AtomicInteger open = new AtomicInteger();
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();

    FakeActions(FakeAction... all) {
        this.all = Arrays.asList(all);
        List<ActionInvoker> invokers = List.copyOf(this.all);
        this.catalog = new ActionCatalog(invokers, DIGESTS);
    }

    @Override
    public ActionCatalog current() {
        return catalog;
    }

    @Override
    public CatalogLease lease() {
        return lease(Map.of());
    }

    @Override
    public CatalogLease lease(Map<String, String> packDigests) {
        asked.add(packDigests);
        open.incrementAndGet();
        var closed = new AtomicBoolean();
        return new CatalogLease(
                catalog,
                () -> {
                    if (closed.compareAndSet(false, true)) {
                        open.decrementAndGet();
                    }
                });
    }

    /// Leases not closed yet.
    int open() {
        return open.get();
    }

    /// The pack versions asked for, one entry for each lease.
    List<Map<String, String>> asked() {
        return List.copyOf(asked);
    }

    void close() {
        all.forEach(action -> action.pool().close());
    }
}
