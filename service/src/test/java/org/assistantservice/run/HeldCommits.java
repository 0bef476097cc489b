package org.assistantservice.run;

import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A journal whose disk is slow: transactions of some names are made, but nobody hears of it until
/// the test says so.
final class HeldCommits {
    private final Set<String> names;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    /// @param names of methods of [RunJournal]
    HeldCommits(String... names) {
        this.names = Set.of(names);
    }

    RunJournal before(RunJournal journal) {
        return (RunJournal)
                Proxy.newProxyInstance(
                        RunJournal.class.getClassLoader(),
                        new Class<?>[] {RunJournal.class},
                        (_, method, arguments) -> {
                            Object result = method.invoke(journal, arguments);
                            return names.contains(method.getName())
                                    ? new Held((Commit) result)
                                    : result;
                        });
    }

    /// The disk says that all is well.
    void release() {
        outcome.complete(null);
    }

    /// The disk says nothing that could be relied upon.
    void fail(RuntimeException failure) {
        outcome.completeExceptionally(failure);
    }

    private final class Held implements Commit {
        private final Commit real;

        Held(Commit real) {
            this.real = real;
        }

        @Override
        public void await() {
            try {
                outcome.join();
            } catch (CompletionException e) {
                throw (RuntimeException) e.getCause();
            }
            real.await();
        }

        @Override
        public void whenStored(Runnable reaction) {
            var _ = outcome.thenRun(() -> real.whenStored(reaction));
        }
    }
}
