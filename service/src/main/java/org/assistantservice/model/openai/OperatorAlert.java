package org.assistantservice.model.openai;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the operator that the endpoint does not accept the key, at most once a minute however many
/// calls fail over it. Says nothing of the key or of the provider's words, which may quote it.
/// Thread-safe.
final class OperatorAlert {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorAlert.class);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final AtomicLong next;

    OperatorAlert(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        next = new AtomicLong(nanoTime.getAsLong());
    }

    void keyRefused(String host) {
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + MINUTE)) {
            LOG.error(
                    "The model endpoint at {} does not accept the API key: every answer fails until"
                            + " OPENAI_API_KEY is right",
                    host);
        }
    }
}
