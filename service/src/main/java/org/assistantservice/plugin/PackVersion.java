package org.assistantservice.plugin;

import java.util.List;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionPool;

/// One version of a pack, loaded. Whoever uses it holds it; after the last one let go it is closed.
/// Thread-safe.
final class PackVersion {
    private final PackCopy copy;
    private final BoundPack bound;
    private final ActionPool pool;
    private final Runnable close;
    private final Holders holders = new Holders();

    /// @param close closes `bound`, the pool and the class loader; runs once, must not block
    PackVersion(PackCopy copy, BoundPack bound, ActionPool pool, Runnable close) {
        this.copy = copy;
        this.bound = bound;
        this.pool = pool;
        this.close = close;
    }

    String pack() {
        return copy.pack();
    }

    String digest() {
        return copy.digest();
    }

    List<ActionInvoker> invokers() {
        return bound.invokers();
    }

    List<String> actionNames() {
        return bound.invokers().stream().map(it -> it.definition().ref().action()).toList();
    }

    boolean isQuarantined() {
        return pool.isQuarantined();
    }

    /// Adds a holder, who calls [#release] once; false if this version is closed already.
    boolean tryHold() {
        return holders.tryAdd();
    }

    void release() {
        if (holders.remove()) {
            close.run();
        }
    }
}
