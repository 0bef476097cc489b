package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.UNAVAILABLE;

import java.util.function.Consumer;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.model.openai.http.ResponseHead;
import org.assistantservice.model.openai.http.ResponseReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The endpoint's reply to one attempt, read on the event loop of its connection: a stream, or a
/// refusal. A complete turn is handed over at once; [#check] tells of anything else afterwards.
final class Reply implements ResponseReader {
    private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

    /// One step of reading.
    private interface Step {
        boolean take() throws AttemptFailedException;
    }

    private final AttemptWatch watch;
    private final TurnAssembler turn;
    private final AnswerReader answer;
    private final Consumer<ModelTurn> onTurn;
    private @Nullable Refusal refusal;
    private boolean hasBegun;
    private boolean isTold;
    private @Nullable AttemptFailedException failure;
    private @Nullable RuntimeException error;

    Reply(AttemptWatch watch, TurnAssembler turn, OpenAiLimits limits, Consumer<ModelTurn> onTurn) {
        this.watch = watch;
        this.turn = turn;
        this.onTurn = onTurn;
        answer = new AnswerReader(turn, ChatStream.into(turn), limits);
    }

    /// Returns if the turn was handed over. Only after the end of the response.
    ///
    /// @throws RuntimeException that the listener of the turn threw
    void check() throws AttemptFailedException {
        if (error != null) {
            throw error;
        }
        if (failure != null) {
            throw turn.isShown() ? failure.tooLate() : failure;
        }
        if (!isTold) {
            throw new IllegalStateException("The reply has ended without turn or failure");
        }
    }

    @Override
    public boolean head(ResponseHead head) {
        return step(() -> {
            hasBegun = true;
            watch.answered();
            refusal = Refusal.of(head);
            return true;
        });
    }

    @Override
    public boolean body(byte[] bytes, int from, int length) {
        return step(() -> {
            if (watch.isStopped()) {
                throw stopped(null);
            }
            if (refusal == null) {
                answer.read(bytes, from, length);
            } else if (!refusal.read(bytes, from, length)) {
                throw refusal.failure();
            }
            return true;
        });
    }

    @Override
    public boolean readEnd() {
        watch.heard();
        return step(() -> {
            turn.readEnd();
            return !answer.isDone() || !tell();
        });
    }

    @Override
    public void end() {
        step(this::tell);
    }

    @Override
    public void broken(Throwable cause) {
        step(() -> {
            if (cause instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            if (watch.isStopped()) {
                throw stopped(cause);
            }
            if (!hasBegun) {
                throw UpstreamErrors.broken("The model endpoint cannot be reached", cause);
            }
            if (refusal == null && !answer.isComplete()) {
                throw UpstreamErrors.broken("The model endpoint broke off its answer", cause);
            }
            LOG.debug("An answer broke off after all that matters", cause);
            return tell();
        });
    }

    private boolean tell() throws AttemptFailedException {
        if (refusal != null) {
            throw refusal.failure();
        }
        ModelTurn whole = answer.end();
        isTold = true;
        onTurn.accept(whole);
        return true;
    }

    private AttemptFailedException stopped(@Nullable Throwable cause) {
        String why = watch.reason();
        return AttemptFailedException.last(
                UNAVAILABLE, why == null ? "The call was stopped" : why, cause);
    }

    private boolean step(Step step) {
        try {
            return step.take();
        } catch (AttemptFailedException e) {
            failure = e;
        } catch (RuntimeException e) {
            error = e;
        }
        return false;
    }
}
