package org.assistantservice.plugin;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.assistantservice.dispatch.ActionFailedException;

/// The one way into the code of a pack: with its class loader as context class loader, and with
/// everything that code throws, errors included, turned into a value of ours. Thread-safe.
///
/// @param loader the class loader of the pack version
record PackBoundary(ClassLoader loader) {
    /// Runs `entry` on the calling thread.
    ///
    /// @throws ActionFailedException if it threw anything; refers to no object of the pack
    /// @throws InterruptedException if it was interrupted and said so
    <T> T call(Callable<T> entry) throws ActionFailedException, InterruptedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            FutureTask<T> task = new FutureTask<>(entry);
            task.run();
            if (task.state() == Future.State.SUCCESS) {
                return task.resultNow();
            }
            throw failure(task.exceptionNow());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /// What to throw in place of `thrown`, without the wrapping of reflection.
    static ActionFailedException failure(Throwable thrown) throws InterruptedException {
        Throwable cause =
                thrown instanceof InvocationTargetException wrapper
                                && wrapper.getTargetException() != null
                        ? wrapper.getTargetException()
                        : thrown;
        if (cause instanceof InterruptedException) {
            throw new InterruptedException();
        }
        return cause instanceof ActionFailedException failure
                ? failure
                : ActionFailedException.from(cause);
    }
}
