package org.assistantservice.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.StepId;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.run.RunEvent.MessageChanged;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.StepChanged;
import org.assistantservice.run.RunEvent.StepDelta;
import org.assistantservice.run.RunStep.MessageCreation;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// One turn of the model on its way to the readers: opens the message or the round of calls at the
/// first piece, and passes every piece on without waiting for anything.
///
/// The model's thread calls the listener; the run's thread waits in [#await] and closes the stream,
/// after which pieces that are still on their way are dropped.
final class TurnStream implements ModelListener {
    private final ActiveRun active;
    private final InstantSource clock;
    private final Failpoints failpoints;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<ModelTurn> result = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final List<CallId> callIds = new ArrayList<>();
    private boolean closed;
    private int nextSeq;
    private @Nullable RunStep messageStep;
    private @Nullable Message message;
    private @Nullable RunStep callsStep;

    TurnStream(ActiveRun active, InstantSource clock, Failpoints failpoints) {
        this.active = active;
        this.clock = clock;
        this.failpoints = failpoints;
        this.nextSeq = active.nextStepSeq();
    }

    @Override
    public void text(String piece) {
        lock.lock();
        try {
            if (!closed) {
                MessageId id = openMessage().id();
                if (text.isEmpty()) {
                    failpoints.reach("first-byte");
                }
                text.append(piece);
                active.feed().append(new MessageDelta(id, piece));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void callStarted(int index, String id, String name) {
        lock.lock();
        try {
            if (!closed) {
                completeMessage();
                CallId callId = active.callId(id);
                callIds.add(callId);
                active.feed().append(new StepDelta(openCalls().id(), index, callId, name, ""));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void callArguments(int index, String piece) {
        lock.lock();
        try {
            if (!closed) {
                active.feed().append(new StepDelta(openCalls().id(), index, null, null, piece));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void readEnd() {
        active.feed().flush();
        failpoints.reach("after-send-before-log");
        failpoints.reach("mid-stream");
    }

    @Override
    public void finished(ModelTurn turn) {
        result.complete(turn);
    }

    @Override
    public void failed(ModelException failure) {
        result.completeExceptionally(failure);
    }

    /// Waits for the turn's end or for the run to be stopped; afterwards nothing more is passed on.
    ///
    /// @throws ModelException if the model failed
    /// @throws StoppedException if the run was stopped
    ModelTurn await() throws ModelException, InterruptedException {
        Runnable forget =
                active.cancelToken().onCancel(() -> result.completeExceptionally(stopped()));
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ModelException failure -> throw failure;
                case StoppedException stopped -> throw stopped;
                case null, default -> throw new IllegalStateException("The model's turn broke", e);
            }
        } finally {
            forget.run();
            close();
        }
    }

    private StoppedException stopped() {
        StopReason reason = active.stopReason();
        return new StoppedException(reason == null ? StopReason.CANCELLED : reason);
    }

    /// Nothing more is passed on. The run's thread.
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        active.feed().flush();
    }

    /// The message of this turn as far as it came; null if there was no text. After [#await] only.
    @Nullable Message message() {
        return message;
    }

    /// The step of that message.
    @Nullable RunStep messageStep() {
        return messageStep;
    }

    /// The message with all text that was shown, in its final form.
    Message endedMessage(Message.Status status, @Nullable String reason) {
        Message begun = openMessage();
        return new Message(
                begun.id(),
                begun.threadId(),
                begun.role(),
                status,
                text.isEmpty() ? List.of() : List.of(text.toString()),
                begun.assistantId(),
                begun.runId(),
                begun.createdAt(),
                clock.instant(),
                reason,
                begun.metadata());
    }

    /// The open round of calls; opened now if the model's client did not announce any.
    RunStep openCalls() {
        if (callsStep == null) {
            callsStep = step(new ToolCalls(text.toString(), List.of()));
            open(callsStep);
        }
        return callsStep;
    }

    /// Whether a round of calls was announced.
    boolean hasCalls() {
        return callsStep != null;
    }

    /// The id under which a call was announced.
    CallId callId(int index, String modelId) {
        return index < callIds.size() ? callIds.get(index) : active.callId(modelId);
    }

    /// Opens the message if the model gave none, for an answer without text.
    Message openMessage() {
        if (message == null) {
            Instant now = clock.instant();
            MessageId id = MessageId.random();
            messageStep = step(new MessageCreation(id));
            message =
                    new Message(
                            id,
                            active.spec().threadId(),
                            Message.Role.ASSISTANT,
                            Message.Status.IN_PROGRESS,
                            List.of(),
                            active.spec().assistantId(),
                            active.spec().id(),
                            now,
                            null,
                            null,
                            Map.of());
            open(messageStep);
            active.feed().append(new MessageChanged(true, message));
            active.feed().append(new MessageChanged(false, message));
        }
        return message;
    }

    /// Text before calls in the same turn is a message of its own, complete when the calls begin.
    private void completeMessage() {
        if (message != null && message.status() == Message.Status.IN_PROGRESS) {
            message = endedMessage(Message.Status.COMPLETED, null);
            messageStep = ended(messageStep);
            active.feed().append(new MessageChanged(false, message));
            active.feed().append(new StepChanged(false, messageStep));
        }
    }

    private RunStep ended(@Nullable RunStep step) {
        if (step == null) {
            throw new IllegalStateException("A message has no step");
        }
        return step.ended(RunStep.Status.COMPLETED, clock.instant(), null, null);
    }

    private void open(RunStep step) {
        active.feed().append(new StepChanged(true, step));
        active.feed().append(new StepChanged(false, step));
    }

    private RunStep step(RunStep.Details details) {
        RunSpec spec = active.spec();
        return new RunStep(
                StepId.random(),
                spec.id(),
                spec.threadId(),
                spec.assistantId(),
                nextSeq++,
                RunStep.Status.IN_PROGRESS,
                details,
                clock.instant(),
                null,
                null,
                null);
    }
}
