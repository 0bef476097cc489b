package org.assistantservice.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class ChunkQueueTest {
    private final AtomicInteger cancels = new AtomicInteger();
    private final ChunkQueue queue =
            new ChunkQueue(10, ReadBufferFactory.getJdkFactory(), cancels::incrementAndGet);
    private final Reader reader = new Reader();

    @Test
    void nothingIsSentThatWasNotAskedFor() {
        queue.offer(bytes("a"));
        queue.offer(bytes("b"));
        queue.subscribe(reader);
        assertThat(reader.received).isEmpty();

        queue.request(1);
        assertThat(reader.received).containsExactly("a");

        queue.request(5);
        assertThat(reader.received).containsExactly("a", "b");

        queue.offer(bytes("c"));
        assertThat(reader.received).containsExactly("a", "b", "c");
    }

    @Test
    void whatWaitsIsBoundedButOneChunkAlwaysFits() {
        assertThat(queue.offer(bytes("0123456789abcdef"))).isTrue();
        assertThat(queue.offer(bytes("x"))).isFalse();

        queue.subscribe(reader);
        queue.request(1);

        assertThat(queue.offer(bytes("x"))).isTrue();
    }

    @Test
    void theEndComesAfterEverythingElse() {
        queue.subscribe(reader);
        queue.offer(bytes("a"));
        queue.complete(bytes("last"));
        assertThat(reader.isComplete).isFalse();

        queue.request(2);

        assertThat(reader.received).containsExactly("a", "last");
        assertThat(reader.isComplete).isTrue();
        queue.complete(bytes("again"));
        assertThat(reader.received).hasSize(2);
    }

    @Test
    void aReaderThatLeavesIsToldOfOnceAndNotAfterTheEnd() {
        queue.subscribe(reader);
        queue.offer(bytes("a"));
        queue.cancel();
        queue.cancel();
        queue.request(1);

        assertThat(cancels).hasValue(1);
        assertThat(reader.received).isEmpty();

        ChunkQueue ended =
                new ChunkQueue(10, ReadBufferFactory.getJdkFactory(), cancels::incrementAndGet);
        ended.subscribe(reader);
        ended.complete(new byte[0]);
        ended.cancel();
        assertThat(cancels).hasValue(1);
    }

    @Test
    void whoWaitsForEmptinessIsCalledOnceEverythingIsSent() {
        AtomicInteger calls = new AtomicInteger();
        queue.offer(bytes("a"));
        queue.subscribe(reader);
        queue.whenEmpty(calls::incrementAndGet);
        assertThat(calls).hasValue(0);

        queue.request(2);
        queue.offer(bytes("b"));

        assertThat(calls).hasValue(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private static final class Reader implements Subscriber<ReadBuffer> {
        final List<String> received = new ArrayList<>();
        boolean isComplete;

        @Override
        public void onSubscribe(Subscription subscription) {}

        @Override
        public void onNext(ReadBuffer buffer) {
            received.add(buffer.toString(US_ASCII));
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError(error);
        }

        @Override
        public void onComplete() {
            isComplete = true;
        }
    }
}
