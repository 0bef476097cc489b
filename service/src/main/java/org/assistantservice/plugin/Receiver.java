package org.assistantservice.plugin;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.dispatch.ActionFailedException;

/// One instance of an action class, made by the first call that needs it. Thread-safe.
final class Receiver {
    private final FutureTask<Object> instance;
    private final AtomicInteger users = new AtomicInteger();

    Receiver(Callable<Object> construct) {
        this.instance = new FutureTask<>(construct);
    }

    /// Waits for another call that is making it already.
    ///
    /// @throws ActionFailedException if it cannot be made, now and for the others who wait
    Object get() throws ActionFailedException, InterruptedException {
        instance.run();
        try {
            return instance.get();
        } catch (ExecutionException e) {
            throw PackBoundary.failure(instance.exceptionNow());
        }
    }

    boolean isBroken() {
        return instance.state() == FutureTask.State.FAILED;
    }

    void enter() {
        users.incrementAndGet();
    }

    void leave() {
        users.decrementAndGet();
    }

    boolean isInUse() {
        return users.get() > 0;
    }

    /// Closes the instance if it was made and can be closed. What it throws is the author's.
    void close() throws Exception {
        if (instance.state() == FutureTask.State.SUCCESS
                && instance.resultNow() instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
