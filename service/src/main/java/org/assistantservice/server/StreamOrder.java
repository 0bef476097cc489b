package org.assistantservice.server;

import org.assistantservice.run.RunCursor;

/// Which events a stream shall carry, how, and for whom.
///
/// @param after what the reader has seen
public record StreamOrder(
        RunCursor after, StreamFormat format, StreamContext context, Lifecycle lifecycle) {

    /// Hears of the stream's end. Must not block.
    public interface Lifecycle {
        /// Exactly once, after every kind of end.
        void closed();

        /// The stream was open for as long as it may be; called after [#closed].
        void expired();
    }
}
