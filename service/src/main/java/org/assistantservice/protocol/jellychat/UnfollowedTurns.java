package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import org.assistantservice.identity.TenantId;
import org.assistantservice.server.Chore;
import org.assistantservice.server.OfProtocol;

/// Writes the rows of turns whose client left, and which nobody asked for since.
@Singleton
@OfProtocol("jellychat")
final class UnfollowedTurns implements Chore {
    private final TurnRecords records;

    UnfollowedTurns(TurnRecords records) {
        this.records = records;
    }

    @Override
    public void run() {
        records.settleAll(TenantId.DEFAULT);
    }
}
