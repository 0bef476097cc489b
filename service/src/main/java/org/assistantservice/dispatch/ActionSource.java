package org.assistantservice.dispatch;

import java.util.Map;

/// Where catalogs come from. Thread-safe.
public interface ActionSource {
    /// The actions as they are now, for looking only: its packs may be closed at any time.
    ActionCatalog current();

    /// The actions as they are now, kept loaded until the lease is closed.
    CatalogLease lease();

    /// The actions of the named pack versions, for a run that is recovered after a swap. A version
    /// whose copy is gone is replaced by the pack's current version, if there is one.
    ///
    /// @param packDigests digest by pack name; empty means [#lease()]
    CatalogLease lease(Map<String, String> packDigests);
}
