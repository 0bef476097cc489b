package org.assistantservice.plugin;

import java.util.List;
import org.assistantservice.dispatch.ActionInvoker;

/// The actions of one pack version, ready to be called.
///
/// @param invokers in the order of their definition
/// @param close closes `AutoCloseable` instances of the pack's classes and lets go of everything
///   that refers to its class loader
record BoundPack(List<ActionInvoker> invokers, Runnable close) {
    BoundPack {
        invokers = List.copyOf(invokers);
    }
}
