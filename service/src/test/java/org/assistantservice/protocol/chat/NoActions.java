package org.assistantservice.protocol.chat;

import java.util.Map;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.dispatch.CatalogLease;

/// No pack at all.
final class NoActions implements ActionSource {
    @Override
    public ActionCatalog current() {
        return ActionCatalog.empty();
    }

    @Override
    public CatalogLease lease() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CatalogLease lease(Map<String, String> packDigests) {
        throw new UnsupportedOperationException();
    }
}
