package org.assistantservice.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// What a scripted answer does next with its connection.
sealed interface StreamStep {
    /// Sends these bytes of the body.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Send(byte[] bytes) implements StreamStep {}

    /// Says nothing for a while.
    record Silence(Duration length) implements StreamStep {}

    /// Says nothing until the latch is open.
    record Until(CountDownLatch latch) implements StreamStep {}

    /// Says nothing until the client has gone.
    record Hang() implements StreamStep {}

    /// Closes the connection in mid-answer, without the end mark of HTTP.
    record Cut() implements StreamStep {}

    /// Breaks the connection with a TCP reset.
    record Reset() implements StreamStep {}

    /// Ends the body as HTTP wants it, so that the connection can be used again.
    record End() implements StreamStep {}
}
