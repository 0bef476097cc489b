package org.assistantservice.dispatch;

import java.time.Instant;
import java.util.function.Consumer;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;

/// What a call knows of the run it belongs to.
///
/// @param idempotencyKey the same at every attempt of this call: `<run>/<step>/<index>`
/// @param deadline when the run ends at the latest; the action's own timeout may be earlier
/// @param scope whose settings and data directory the action sees
/// @param cancel fires when the run is cancelled or the deadline has passed
/// @param progress takes short texts for the user; must not block
/// @param files takes what the action makes
/// @param leavesNoTrace whether nothing may be kept of the run after its end
public record CallContext(
        RunId runId,
        ThreadId threadId,
        CallId callId,
        CorrelationId correlationId,
        Principal principal,
        String idempotencyKey,
        Instant deadline,
        AssistantScope scope,
        CancelToken cancel,
        Consumer<String> progress,
        ActionFiles files,
        boolean leavesNoTrace) {

    /// A call before it is executed: the executor says where its files go.
    public CallContext(
            RunId runId,
            ThreadId threadId,
            CallId callId,
            CorrelationId correlationId,
            Principal principal,
            String idempotencyKey,
            Instant deadline,
            AssistantScope scope,
            CancelToken cancel,
            Consumer<String> progress) {
        this(
                runId,
                threadId,
                callId,
                correlationId,
                principal,
                idempotencyKey,
                deadline,
                scope,
                cancel,
                progress,
                ActionFiles.FORGETTING,
                false);
    }

    /// The same call of a run of which nothing may be kept.
    public CallContext leavingNoTrace() {
        return new CallContext(
                runId,
                threadId,
                callId,
                correlationId,
                principal,
                idempotencyKey,
                deadline,
                scope,
                cancel,
                progress,
                files,
                true);
    }

    /// The same call with a deadline and a cancel token of its own, and a place for its files.
    CallContext within(Instant end, CancelToken stop, ActionFiles place) {
        return new CallContext(
                runId,
                threadId,
                callId,
                correlationId,
                principal,
                idempotencyKey,
                end,
                scope,
                stop,
                progress,
                leavesNoTrace ? ActionFiles.FORGETTING : place,
                leavesNoTrace);
    }
}
