package org.assistantservice.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/// A load under way. Its methods may be called from any thread but the event loop.
public final class Load {
    private final LoadClient client;
    private final Tally tally;
    private final Pace pace;

    /// How chats follow each other. All methods run on the event loop.
    interface Pace {
        void start();

        /// No more chats begin.
        void stop();

        /// Leaves all chats that are still open.
        void abandon();

        /// Completes when no more chats begin and all have ended.
        CompletableFuture<Void> over();
    }

    Load(LoadClient client, Tally tally, Pace pace) {
        this.client = client;
        this.tally = tally;
        this.pace = pace;
    }

    Load start() {
        client.onLoop(() -> {
            pace.start();
            return true;
        });
        return this;
    }

    /// Reads from the tally, on its thread.
    public <T> T tally(Function<Tally, T> reading) {
        Supplier<T> read = () -> reading.apply(tally);
        return client.onLoop(read);
    }

    /// Waits until a load that ends by itself has ended.
    public Load await(Duration longest) throws InterruptedException {
        waitFor(longest);
        return this;
    }

    /// Begins no more chats and waits for the ends of those under way; what has not ended then is
    /// left and counts as a fault.
    public Load finish(Duration longest) throws InterruptedException {
        client.onLoop(() -> {
            pace.stop();
            return true;
        });
        waitFor(longest);
        return this;
    }

    /// Leaves all chats at once.
    public void abandon() {
        client.onLoop(() -> {
            pace.stop();
            pace.abandon();
            return true;
        });
    }

    private void waitFor(Duration longest) throws InterruptedException {
        try {
            pace.over().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            client.onLoop(() -> {
                tally.problem("chats did not end within " + longest, 1);
                return true;
            });
        } catch (ExecutionException e) {
            throw new IllegalStateException("The load broke", e);
        }
        abandon();
    }
}
