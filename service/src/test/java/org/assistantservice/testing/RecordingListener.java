package org.assistantservice.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelTurn;

/// Remembers what a model client delivers, and fails a test that sees two ends. Thread-safe.
///
/// [#heard] has one line per call of the listener: `text Hello`, `call 0 call_1 get_weather`,
/// `arguments 0 {}`, `read end`, `finished`, `failed RATE_LIMITED`.
public final class RecordingListener implements ModelListener {
    private static final long SECONDS = 20;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ModelTurn> turn = new CompletableFuture<>();
    private final CompletableFuture<ModelException> failure = new CompletableFuture<>();
    private final CountDownLatch something = new CountDownLatch(1);
    private final Consumer<String> onText;

    public RecordingListener() {
        this(piece -> {});
    }

    /// @param onText also told each piece of text, on the client's thread
    public RecordingListener(Consumer<String> onText) {
        this.onText = onText;
    }

    @Override
    public void text(String piece) {
        onText.accept(piece);
        hear("text " + piece);
    }

    @Override
    public void callStarted(int index, String id, String name) {
        hear("call %d %s %s".formatted(index, id, name));
    }

    @Override
    public void callArguments(int index, String piece) {
        hear("arguments %d %s".formatted(index, piece));
    }

    @Override
    public void readEnd() {
        hear("read end");
    }

    @Override
    public void finished(ModelTurn whole) {
        end("finished");
        turn.complete(whole);
        failure.completeExceptionally(new AssertionError("The turn did not fail: " + whole));
    }

    @Override
    public void failed(ModelException why) {
        end("failed " + why.fault());
        failure.complete(why);
        turn.completeExceptionally(new AssertionError("The turn failed: " + why, why));
    }

    /// All that was heard so far.
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /// What was heard without the ends of reads, which depend on the network.
    public List<String> heardWithoutReads() {
        List<String> lines = new ArrayList<>(heard);
        lines.removeIf("read end"::equals);
        return lines;
    }

    /// Waits for the whole turn.
    public ModelTurn turn() throws InterruptedException, TimeoutException {
        return within(turn);
    }

    /// Waits for the failure.
    public ModelException failure() throws InterruptedException, TimeoutException {
        return within(failure);
    }

    /// Waits until anything at all was heard.
    public void awaitSomething() throws InterruptedException {
        if (!something.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Nothing was heard");
        }
    }

    /// Whether an end came within this time.
    public boolean endsWithin(Duration time) throws InterruptedException {
        try {
            CompletableFuture.anyOf(turn, failure).get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void hear(String line) {
        if (turn.isDone()) {
            throw new AssertionError("Heard after the end: " + line);
        }
        heard.add(line);
        something.countDown();
    }

    private void end(String line) {
        hear(line);
    }

    private static <T> T within(CompletableFuture<T> future)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new AssertionError(cause.getMessage(), cause);
        }
    }
}
