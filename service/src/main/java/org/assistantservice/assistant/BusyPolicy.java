package org.assistantservice.assistant;

/// What becomes of a message on a thread whose run is under way.
public enum BusyPolicy {
    /// It waits in order; when the queue is full it is refused.
    ENQUEUE,
    /// It is refused.
    REJECT,
    /// The run under way is cancelled for it.
    INTERRUPT
}
