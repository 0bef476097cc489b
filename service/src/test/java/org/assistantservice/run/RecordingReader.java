package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A reader that keeps all it is told. Thread-safe.
final class RecordingReader implements RunReader {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<SequencedEvent> events = new CopyOnWriteArrayList<>();
    private final List<End> ends = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void onEvents(EventBatch batch) {
        events.addAll(batch.events());
    }

    @Override
    public void onEnd(End end) {
        ends.add(end);
        ended.countDown();
    }

    List<SequencedEvent> events() {
        return List.copyOf(events);
    }

    List<End> ends() {
        return List.copyOf(ends);
    }

    /// The events in short form; see [Trace].
    List<String> trace() {
        return Trace.of(events());
    }

    /// The last event's place.
    RunCursor cursor(Run run) {
        return at(run, events.getLast());
    }

    static RunCursor at(Run run, SequencedEvent event) {
        return new RunCursor(run.id(), event.epoch(), event.n());
    }

    /// Waits until an event with this short form has come.
    RecordingReader awaitEvent(String shortForm) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(trace()).contains(shortForm));
        return this;
    }

    /// Waits for the end and returns all events.
    List<SequencedEvent> awaitEnd(End expected) throws InterruptedException {
        assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("end after %s", trace())
                .isTrue();
        assertThat(ends).containsExactly(expected);
        return events();
    }
}
