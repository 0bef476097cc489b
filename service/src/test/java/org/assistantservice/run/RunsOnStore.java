package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.store.EmbeddedStore;
import org.assistantservice.store.StoreSettings;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.PageRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A test with a real store and processes that share it.
abstract class RunsOnStore {
    private final List<Replica> replicas = new ArrayList<>();
    private EmbeddedStore store;

    @BeforeEach
    void openStore(@TempDir Path directory) {
        store =
                EmbeddedStore.open(
                        new StoreSettings(directory, "", false), null, InstantSource.system());
    }

    @AfterEach
    void closeAll() throws InterruptedException {
        try {
            for (Replica replica : replicas) {
                replica.close();
            }
        } finally {
            store.close();
        }
    }

    EmbeddedStore store() {
        return store;
    }

    /// A process that is at work.
    Replica started(Replica.Setup setup) {
        return made(setup).start();
    }

    Replica started(ScriptedTurn... script) {
        return started(Replica.Setup.of(new ScriptedModel(script)));
    }

    /// A process that does not take runs up yet.
    Replica made(Replica.Setup setup) {
        Replica replica = new Replica(store, setup);
        replicas.add(replica);
        return replica;
    }

    Run stored(Run run) {
        return store.runReads().run(run.spec().principal(), run.id()).orElseThrow();
    }

    List<RunStep> steps(Run run) {
        return store.runReads()
                .steps(run.spec().principal(), run.id(), PageRequest.oldestFirst(100))
                .data();
    }

    List<Message> messages(Run run) {
        return store.threads()
                .messages(
                        run.spec().principal(), run.threadId(), PageRequest.oldestFirst(100), null)
                .data();
    }

    /// The stored events after a place.
    List<SequencedEvent> replay(RunCursor after) {
        return store.runReads().events(after.runId(), after, 10_000);
    }

    /// The calls of the run's first round as stored.
    List<ToolCall> storedCalls(Run run) {
        return steps(run).stream()
                .map(RunStep::details)
                .filter(ToolCalls.class::isInstance)
                .map(ToolCalls.class::cast)
                .findFirst()
                .orElseThrow()
                .calls();
    }

    static void reach(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(RecordingReader.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
