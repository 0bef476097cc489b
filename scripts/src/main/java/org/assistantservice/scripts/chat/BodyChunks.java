package org.assistantservice.scripts.chat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// The body of a response, piece by piece, with a limit on how long to wait for the next one, which
/// an `InputStream` has not. Asks for a piece only when the last one was taken. Closing it closes
/// the connection of a body that has not ended.
final class BodyChunks implements BodySubscriber<BodyChunks>, AutoCloseable {
    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private final AtomicReference<Subscription> subscription =
            new AtomicReference<>(
                    new Subscription() {
                        @Override
                        public void request(long n) {}

                        @Override
                        public void cancel() {}
                    });

    static BodyHandler<BodyChunks> handler() {
        return _ -> new BodyChunks();
    }

    /// Waits for the next piece.
    Chunk next(Duration limit) throws InterruptedException {
        Chunk chunk = chunks.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (chunk == null) {
            return new Silence();
        }
        if (chunk instanceof Bytes) {
            subscription.get().request(1);
        }
        return chunk;
    }

    /// Everything up to the end, or up to a break, at most `maxBytes`.
    byte[] all(Duration limit, int maxBytes) throws InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < maxBytes && next(limit) instanceof Bytes(byte[] bytes)) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    @Override
    public CompletionStage<BodyChunks> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription started) {
        subscription.set(started);
        started.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            bytes.writeBytes(part);
        }
        chunks.add(new Bytes(bytes.toByteArray()));
    }

    @Override
    public void onError(Throwable problem) {
        chunks.add(new End());
    }

    @Override
    public void onComplete() {
        chunks.add(new End());
    }

    @Override
    public void close() {
        subscription.get().cancel();
    }

    sealed interface Chunk {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes) implements Chunk {}

    /// Nothing came for as long as the limit.
    record Silence() implements Chunk {}

    /// The body ended, or the connection broke.
    record End() implements Chunk {}
}
