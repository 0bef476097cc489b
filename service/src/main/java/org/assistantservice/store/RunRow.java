package org.assistantservice.store;

import java.util.Map;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.run.Run;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// A run with what only the journal knows of it.
///
/// @param epoch 0 while queued
/// @param owner who has it; null for a queued run, a run that is over and one that was given back
/// @param waiting the user's message of a queued run; null once it has its place in the thread
/// @param messageSeq that place; null while queued
record RunRow(
        Run run,
        int epoch,
        int attempt,
        @Nullable String owner,
        boolean cancelRequested,
        @Nullable Message waiting,
        @Nullable Long messageSeq,
        Map<String, String> packDigests) {

    TenantId tenant() {
        return run.spec().principal().tenant();
    }

    RunId id() {
        return run.id();
    }
}
