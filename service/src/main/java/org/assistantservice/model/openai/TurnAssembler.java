package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelTurn.FinishReason.DONE;

import java.util.List;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.model.ModelTurn.FinishReason;
import org.assistantservice.model.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Puts one turn together from what its chunks bring, and tells the listener as it comes. For one
/// thread.
final class TurnAssembler {
    private final Delivery listener;
    private final StringBuilder text = new StringBuilder();
    private final ThinkFilter thoughts = new ThinkFilter();
    private final WholeCharacters characters = new WholeCharacters();
    private final ToolCallAssembler calls;
    private @Nullable FinishReason finishReason;
    private @Nullable Usage usage;

    TurnAssembler(ModelListener listener, OpenAiLimits limits) {
        this.listener = new Delivery(listener);
        calls = new ToolCallAssembler(this.listener, limits);
    }

    /// The next piece of the model's words, thoughts at the start included.
    void content(String piece) {
        show(characters.join(thoughts.visible(piece)));
    }

    void call(JsonNode delta) throws AttemptFailedException {
        calls.add(delta);
    }

    void legacyCall(JsonNode function) throws AttemptFailedException {
        calls.addLegacy(function);
    }

    void finish(FinishReason reason) {
        finishReason = reason;
    }

    void usage(Usage used) {
        usage = used;
    }

    boolean isFinished() {
        return finishReason != null;
    }

    /// Whether the listener has heard of this turn, so that it can no longer be asked for again.
    boolean isShown() {
        return listener.any;
    }

    /// One read of the connection has been delivered.
    void readEnd() {
        listener.readEnd();
    }

    /// The complete turn; delivers what was held back.
    ModelTurn complete() throws AttemptFailedException {
        show(characters.join(thoughts.end()));
        show(characters.end());
        List<ModelToolCall> complete = calls.complete();
        listener.readEnd();
        return new ModelTurn(
                text.toString(), complete, finishReason == null ? DONE : finishReason, usage);
    }

    private void show(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            listener.text(piece);
        }
    }

    /// Remembers whether there is something to flush, and whether there ever was.
    private static final class Delivery implements ModelListener {
        private final ModelListener listener;
        private boolean any;
        private boolean unflushed;

        Delivery(ModelListener listener) {
            this.listener = listener;
        }

        private void delivers() {
            any = true;
            unflushed = true;
        }

        @Override
        public void text(String piece) {
            delivers();
            listener.text(piece);
        }

        @Override
        public void callStarted(int index, String id, String name) {
            delivers();
            listener.callStarted(index, id, name);
        }

        @Override
        public void callArguments(int index, String piece) {
            delivers();
            listener.callArguments(index, piece);
        }

        @Override
        public void readEnd() {
            if (unflushed) {
                unflushed = false;
                listener.readEnd();
            }
        }

        @Override
        public void finished(ModelTurn turn) {
            listener.finished(turn);
        }

        @Override
        public void failed(ModelException failure) {
            listener.failed(failure);
        }
    }
}
