package org.assistantservice.model;

/// Streams one turn of a model. Thread-safe.
///
/// Deadlines (first byte, idle, total), retries before the first token, circuit breaker and
/// bulkhead are the client's own business: every call ends, with exactly one of
/// [ModelListener#finished] and [ModelListener#failed], unless it was cancelled.
public interface ModelClient {
    /// Asks and returns at once; the answer arrives at `listener`.
    ModelCall start(ModelRequest request, ModelListener listener);

    /// One question under way.
    interface ModelCall {
        /// Stops the call and closes its connection. Afterwards the listener may see at most one
        /// batch that was already being delivered.
        void cancel();
    }
}
