package org.assistantservice.server;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.assistantservice.run.RunStreams.Subscription;
import org.jspecify.annotations.Nullable;

/// A reader's tie to its run. The run may be over, or the reader gone, before the subscription is
/// known here; it is closed all the same. Thread-safe.
public final class RunTie {
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private final AtomicBoolean isLeft = new AtomicBoolean();

    public void follow(Subscription made) {
        subscription.set(made);
        if (isLeft.get()) {
            made.close();
        }
    }

    /// Ends the deliveries; the run goes on. Idempotent.
    public void leave() {
        isLeft.set(true);
        Subscription made = subscription.get();
        if (made != null) {
            made.close();
        }
    }
}
