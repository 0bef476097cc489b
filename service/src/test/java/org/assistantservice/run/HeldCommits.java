package org.assistantservice.run;

import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A journal whose disk is slow: transactions of some names are made, or lost, but nobody hears of
/// it until the test says so.
final class HeldCommits {
    private final Set<String> names;
    private final boolean areMade;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    private HeldCommits(boolean areMade, String... names) {
        this.names = Set.of(names);
        this.areMade = areMade;
    }

    /// @param names of methods of [RunJournal]
    static HeldCommits of(String... names) {
        return new HeldCommits(true, names);
    }

    /// Their transactions are never made.
    static HeldCommits lost(String... names) {
        return new HeldCommits(false, names);
    }

    RunJournal before(RunJournal journal) {
        return (RunJournal)
                Proxy.newProxyInstance(
                        RunJournal.class.getClassLoader(),
                        new Class<?>[] {RunJournal.class},
                        (_, method, arguments) -> {
                            if (!names.contains(method.getName())) {
                                return method.invoke(journal, arguments);
                            }
                            return new Held(
                                    areMade
                                            ? (Commit) method.invoke(journal, arguments)
                                            : new Lost());
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

    /// Nobody comes to ask for its outcome: what the test says comes first.
    private static final class Lost implements Commit {
        @Override
        public void await() {
            throw new AssertionError("A lost transaction was said to be made");
        }

        @Override
        public void whenStored(Runnable reaction) {
            throw new AssertionError("A lost transaction was said to be made");
        }
    }
}
