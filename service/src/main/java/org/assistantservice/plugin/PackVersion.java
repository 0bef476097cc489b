package org.assistantservice.plugin;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.assistantservice.dispatch.ActionInvoker;

/// One version of a pack, loaded. Whoever uses it holds it; after the last one let go it is closed.
/// Thread-safe.
final class PackVersion {
    private final PackCopy copy;
    private final BoundPack bound;
    private final BooleanSupplier isQuarantined;
    private final Runnable close;
    private final Holders holders = new Holders();

    /// @param isQuarantined whether the version takes no calls any more
    /// @param close closes `bound`, its threads and its class loader; runs once, must not block
    PackVersion(PackCopy copy, BoundPack bound, BooleanSupplier isQuarantined, Runnable close) {
        this.copy = copy;
        this.bound = bound;
        this.isQuarantined = isQuarantined;
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
        return isQuarantined.getAsBoolean();
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
