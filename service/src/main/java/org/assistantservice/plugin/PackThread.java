package org.assistantservice.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// Enters code of a pack, outside calls of its actions: each time on a thread of its own with the
/// pack's class loader as context, and for a limited time. Thread-safe.
///
/// @param loader the pack's class loader
/// @param limit how long to wait
record PackThread(ClassLoader loader, Duration limit) {
    /// Runs `code` and waits for it. Past the time limit, or if the waiting thread is interrupted,
    /// the code is interrupted and left behind.
    ///
    /// @param name the thread's name
    /// @param late runs after code that was left behind has ended after all
    /// @throws ExecutionException with what the code threw, errors included
    /// @throws TimeoutException with a sentence that names the thread and where it is
    <T> T call(String name, Callable<T> code, Runnable late)
            throws ExecutionException, TimeoutException, InterruptedException {
        var isSettled = new AtomicBoolean();
        var task = new FutureTask<>(code);
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(name)
                        .unstarted(() -> {
                            task.run();
                            if (!isSettled.compareAndSet(false, true)) {
                                late.run();
                            }
                        });
        thread.setContextClassLoader(loader);
        thread.start();
        return await(thread, task, isSettled);
    }

    private <T> T await(Thread thread, FutureTask<T> task, AtomicBoolean isSettled)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (!isSettled.compareAndSet(false, true)) {
                return task.get();
            }
            var stuck = new TimeoutException(leftBehind(thread));
            thread.interrupt();
            throw stuck;
        } catch (InterruptedException e) {
            if (!isSettled.compareAndSet(false, true)) {
                T result = task.get();
                Thread.currentThread().interrupt();
                return result;
            }
            thread.interrupt();
            throw e;
        }
    }

    private static String leftBehind(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        String place =
                Stream.of(stack)
                        .filter(it -> it.getMethodName().equals("<clinit>"))
                        .findFirst()
                        .or(() -> Stream.of(stack).filter(PackThread::isOfAPack).findFirst())
                        .map(it -> ", in %s.%s".formatted(it.getClassName(), it.getMethodName()))
                        .orElse("");
        return "The thread %s is left behind%s.".formatted(thread.getName(), place);
    }

    private static boolean isOfAPack(StackTraceElement frame) {
        String loader = frame.getClassLoaderName();
        return loader != null && loader.startsWith("pack-");
    }
}
