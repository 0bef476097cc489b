package org.assistantservice.dispatch;

/// Keeps the packs of one catalog loaded until closed.
///
/// @param release called once per lease by [#close]; must be idempotent
public record CatalogLease(ActionCatalog catalog, Runnable release) implements AutoCloseable {
    @Override
    public void close() {
        release.run();
    }
}
