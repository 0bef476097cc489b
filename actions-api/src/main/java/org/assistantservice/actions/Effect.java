package org.assistantservice.actions;

/// What running an action twice with the same arguments would do. From it follows what happens to a
/// call that had started and whose result was not stored when the service crashed.
///
/// Every call has its own [ActionContext#idempotencyKey()], which stays the same when the service
/// runs that call again. A call whose result was stored is never run again, whatever its effect. A
/// new call by the model, even with the same arguments, is another call with another key.
public enum Effect {
    /// Changes nothing. Runs at least once: after a crash the call is run again, or the model is
    /// asked anew. It does not wait for its own record to be on disk.
    READ_ONLY,

    /// Changes something, and with the same idempotency key changes it only once. Runs at least
    /// once: after a crash the call is run again with the same key, and it is for the action to
    /// pass that key on or to remember it.
    IDEMPOTENT,

    /// Changes something, and a second time would be wrong. Runs at most once: after a crash the
    /// call is not run again, and the model is told that its outcome is unknown.
    ONCE
}
