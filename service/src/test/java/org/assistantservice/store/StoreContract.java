package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.record.RecordStore;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunJournal;
import org.assistantservice.run.RunJournal.AcceptResult.Accepted;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunReads;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.ThreadAliases;
import org.assistantservice.thread.ThreadStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A store that is empty at the beginning of each test.
abstract class StoreContract {
    static final int MANY = 1000;

    final SettableClock clock = new SettableClock();
    private Stores stores;

    /// The ports of one store.
    interface Stores extends AutoCloseable {
        RunJournal journal();

        RunReads reads();

        ThreadStore threads();

        RecordStore records();

        ThreadAliases aliases();

        @Override
        void close();
    }

    abstract Stores open(SettableClock clock);

    @BeforeEach
    final void openStore() {
        stores = open(clock);
    }

    @AfterEach
    final void closeStore() {
        stores.close();
    }

    final RunJournal journal() {
        return stores.journal();
    }

    final RunReads reads() {
        return stores.reads();
    }

    final ThreadStore threads() {
        return stores.threads();
    }

    final RecordStore records() {
        return stores.records();
    }

    final ThreadAliases aliases() {
        return stores.aliases();
    }

    final Accepted accept(RunJournal.Acceptance acceptance) {
        return Given.accepted(journal().accept(acceptance));
    }

    /// The claim of a message accepted on a new thread.
    final Claim claimOf(String text) {
        return claimIn(accept(Given.onNewThread(text)));
    }

    static Claim claimIn(Accepted accepted) {
        Claim claim = accepted.claim();
        if (claim == null) {
            throw new AssertionError("Not claimed: " + accepted);
        }
        return claim;
    }

    /// Ends a run with one event.
    final void finish(Claim claim) {
        Run over = Given.completed(claim.run());
        journal()
                .finish(
                        claim.lease(),
                        over,
                        List.of(),
                        List.of(),
                        List.of(Given.row(claim.lease().epoch(), 2, RunChanged.to(over))));
    }

    final List<SequencedEvent> eventsOf(Run run) {
        return reads().events(run.id(), RunCursor.start(run.id()), MANY);
    }

    final List<String> textsOf(ThreadId threadId) {
        return threads()
                .messages(Given.ANNA, threadId, PageRequest.oldestFirst(100), null)
                .data()
                .stream()
                .map(Message::text)
                .toList();
    }

    final Run stored(Run run) {
        Optional<Run> found = reads().run(run.spec().principal(), run.id());
        assertThat(found).isPresent();
        return found.orElseThrow();
    }

    /// Runs tasks at the same time, and gives their results in order.
    static <T> List<T> together(List<Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> done = threads.invokeAll(tasks);
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> one : done) {
                results.add(one.get());
            }
            return results;
        }
    }
}
