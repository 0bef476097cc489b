package org.assistantservice.plugin;

import java.util.List;
import org.assistantservice.dispatch.ActionPool;

/// Turns the annotated methods of a pack into actions that can be called.
@FunctionalInterface
interface PackBinder {
    /// Loads the classes, makes their instances, and derives the definitions. Runs code of the
    /// pack, on a thread that has `loader` as its context class loader and may be interrupted.
    ///
    /// @param pack the pack's name
    /// @param scanned at least one method
    /// @param loader sees the pack's JARs; what is bound is used while it is open
    /// @param pool the threads that the actions will run on
    /// @throws ActionDefinitionException if the author made mistakes; no action of the pack is
    ///   bound
    BoundPack bind(String pack, List<ScannedAction> scanned, ClassLoader loader, ActionPool pool)
            throws ActionDefinitionException;
}
