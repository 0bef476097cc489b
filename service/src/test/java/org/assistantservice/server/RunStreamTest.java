package org.assistantservice.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.io.buffer.ReadBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunEvent.Reset;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.RunStreams;
import org.assistantservice.run.SequencedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;

class RunStreamTest {
    private static final RunId RUN = RunId.random();

    private final Timers timers = new Timers();

    @AfterEach
    void stop() {
        timers.close();
    }

    @Test
    void aSlowReaderWhoCannotBeJoinedAgainIsToldThatItsStreamBrokeOff() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        StreamContext context =
                new StreamContext(
                        Principal.ANONYMOUS,
                        CorrelationId.random(),
                        ThreadId.random(),
                        "127.0.0.1",
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1));
        Plain format = new Plain();
        StreamOrder order =
                new StreamOrder(RunCursor.start(RUN), format, context, counting(closed));
        RunStream stream = new RunStream(order, new BrokenAtSecondJoin(), timers, 1);
        stream.open();
        Received received = new Received();

        stream.chunks().subscribe(received);

        received.complete.get(10, TimeUnit.SECONDS);
        assertThat(received.chunks).containsExactly("first 1-1", "INTERRUPTED");
        assertThat(closed).hasValue(1);
        assertThat(format.taken).containsExactly("1-1");
    }

    private static StreamOrder.Lifecycle counting(AtomicInteger closed) {
        return new StreamOrder.Lifecycle() {
            @Override
            public void closed() {
                closed.incrementAndGet();
            }

            @Override
            public void expired() {}
        };
    }

    /// Delivers more than the reader can hold, and fails when it comes back.
    private static final class BrokenAtSecondJoin implements RunStreams {
        private final AtomicInteger joins = new AtomicInteger();

        @Override
        public RunStreams.Subscription subscribe(
                Principal principal, RunCursor after, RunReader reader) {
            if (joins.incrementAndGet() > 1) {
                throw new IllegalStateException("Nobody expected this");
            }
            for (int n = 1; n <= 2; n++) {
                SequencedEvent event = new SequencedEvent(1, n, new Reset(RUN, 1));
                reader.onEvents(new EventBatch(RUN, List.of(event)));
            }
            return () -> {};
        }

        @Override
        public boolean hasReader(RunId runId) {
            return false;
        }
    }

    /// Places of events, and the names of endings.
    private static final class Plain implements StreamFormat {
        final List<String> taken = new CopyOnWriteArrayList<>();

        @Override
        public void taken(byte[] frames) {
            taken.add(new String(frames, US_ASCII));
        }

        @Override
        public Function<EventBatch, byte[]> encoder() {
            return Plain::place;
        }

        private static byte[] place(EventBatch batch) {
            return bytes(batch.last().epoch() + "-" + batch.last().n());
        }

        @Override
        public byte[] first(byte[] frames) {
            return bytes("first " + new String(frames, US_ASCII));
        }

        @Override
        public byte[] keepAlive() {
            return bytes("alive");
        }

        @Override
        public byte[] ending(Ending ending, StreamContext context) {
            return bytes(ending.name());
        }

        private static byte[] bytes(String text) {
            return text.getBytes(US_ASCII);
        }
    }

    private static final class Received implements Subscriber<ReadBuffer> {
        final List<String> chunks = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> complete = new CompletableFuture<>();

        @Override
        public void onSubscribe(org.reactivestreams.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ReadBuffer buffer) {
            chunks.add(buffer.toString(US_ASCII));
        }

        @Override
        public void onError(Throwable error) {
            complete.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            complete.complete(null);
        }
    }
}
