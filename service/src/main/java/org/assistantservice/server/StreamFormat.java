package org.assistantservice.server;

import java.util.function.Function;
import org.assistantservice.run.EventBatch;

/// How one protocol writes a run's events on a stream of bytes. Constant per protocol, so that all
/// readers of a run share the encoded form of its batches. Thread-safe.
public interface StreamFormat {
    /// Frames of a batch; none for events the protocol does not show. Always the same instance.
    Function<EventBatch, byte[]> encoder();

    /// The first frames of a connection, as that one reader gets them: with what need be said only
    /// once.
    ///
    /// @param frames of the [#encoder], at least one; shared, so they must not be changed
    byte[] first(byte[] frames);

    /// Told when frames of the [#encoder] are on their way to this one reader. Until then they may
    /// be made again, or never be sent.
    default void taken(byte[] frames) {}

    /// What keeps a silent connection alive.
    byte[] keepAlive();

    /// The last frame of a stream that ends before its run does.
    byte[] ending(Ending ending, StreamContext context);

    enum Ending {
        /// The stream has been open for as long as a stream may be.
        TOO_LONG,
        /// Too much was waiting for this reader.
        TOO_SLOW,
        /// The service stops; the run goes on after restart or elsewhere.
        SERVICE_STOPPING,
        /// Something of ours failed; the reader may come back with its cursor.
        INTERRUPTED
    }
}
