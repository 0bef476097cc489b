package org.assistantservice.app;

import java.util.Map;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.dispatch.CatalogLease;

/// Actions that never change and stay loaded for as long as anybody holds this.
record FixedActions(ActionCatalog current) implements ActionSource {
    @Override
    public CatalogLease lease() {
        return new CatalogLease(current, () -> {});
    }

    @Override
    public CatalogLease lease(Map<String, String> packDigests) {
        return lease();
    }
}
