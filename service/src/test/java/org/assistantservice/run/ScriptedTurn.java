package org.assistantservice.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.model.Usage;
import org.jspecify.annotations.Nullable;

/// What the model does in one turn, step by step. Immutable; each `then…` adds a step.
///
/// @param steps played in order, each followed by the end of one read
record ScriptedTurn(List<Step> steps) {
    static final Usage USAGE = new Usage(10, 5);

    ScriptedTurn {
        steps = List.copyOf(steps);
    }

    /// One thing the model does.
    interface Step {
        void play(Heard heard) throws InterruptedException;
    }

    /// The listener, and what it has heard so far.
    static final class Heard {
        private final ModelListener listener;
        private final StringBuilder text = new StringBuilder();
        private final List<ModelToolCall> calls = new ArrayList<>();

        Heard(ModelListener listener) {
            this.listener = listener;
        }

        void text(String piece) {
            text.append(piece);
            listener.text(piece);
        }

        void call(ModelToolCall call) {
            int index = calls.size();
            calls.add(call);
            listener.callStarted(index, call.id(), call.name());
            listener.callArguments(index, call.argumentsJson());
        }

        void finished(ModelTurn.FinishReason reason, @Nullable Usage usage) {
            listener.readEnd();
            listener.finished(new ModelTurn(text.toString(), calls, reason, usage));
        }

        void readEnd() {
            listener.readEnd();
        }

        void failed(ModelException failure) {
            listener.failed(failure);
        }
    }

    static ScriptedTurn begin() {
        return new ScriptedTurn(List.of());
    }

    /// A whole turn: these pieces of text.
    static ScriptedTurn answer(String... pieces) {
        return begin().thenText(pieces).thenDone();
    }

    /// A whole turn: these calls.
    static ScriptedTurn calls(ModelToolCall... calls) {
        return begin().thenCalls(calls).thenDone();
    }

    /// A whole turn: it fails before its first piece.
    static ScriptedTurn failure(ModelException failure) {
        return begin().thenFailure(failure);
    }

    static ModelToolCall call(String id, String name, String arguments) {
        return new ModelToolCall(id, name, arguments, null);
    }

    ScriptedTurn thenText(String... pieces) {
        ScriptedTurn turn = this;
        for (String piece : pieces) {
            turn =
                    turn.then(heard -> {
                        heard.text(piece);
                        heard.readEnd();
                    });
        }
        return turn;
    }

    ScriptedTurn thenCalls(ModelToolCall... calls) {
        ScriptedTurn turn = this;
        for (ModelToolCall call : calls) {
            turn =
                    turn.then(heard -> {
                        heard.call(call);
                        heard.readEnd();
                    });
        }
        return turn;
    }

    ScriptedTurn thenWait(CountDownLatch latch) {
        return then(heard -> latch.await());
    }

    /// Says nothing more until it is cancelled.
    ScriptedTurn thenHang() {
        return thenWait(new CountDownLatch(1));
    }

    ScriptedTurn thenDone() {
        return thenEnd(ModelTurn.FinishReason.DONE);
    }

    ScriptedTurn thenEnd(ModelTurn.FinishReason reason) {
        return then(heard -> heard.finished(reason, USAGE));
    }

    ScriptedTurn thenFailure(ModelException failure) {
        return then(heard -> heard.failed(failure));
    }

    ScriptedTurn then(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new ScriptedTurn(more);
    }
}
