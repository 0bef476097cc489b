package org.assistantservice.run;

/// Follows a run's events. Called by one thread at a time; must not block: whoever cannot keep up
/// closes its subscription.
public interface RunReader {
    /// The next events, in order, without gap or repetition; none once the subscription is closed.
    void onEvents(EventBatch batch);

    /// No event will follow: the run is over, or this process stops serving the stream.
    void onEnd(End end);

    enum End {
        /// The last event was delivered.
        RUN_OVER,
        /// The service is stopping; the run goes on after restart or elsewhere.
        SERVICE_STOPPING,
        /// The store failed or the run is lost to another owner; come back with the cursor.
        INTERRUPTED
    }
}
