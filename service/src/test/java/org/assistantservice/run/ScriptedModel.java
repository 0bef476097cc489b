package org.assistantservice.run;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.model.ModelClient;
import org.assistantservice.model.ModelListener;
import org.assistantservice.model.ModelRequest;

/// A model that plays turns in order, each on a thread of its own, and knows no other turn.
final class ScriptedModel implements ModelClient {
    private final Queue<ScriptedTurn> script;
    private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();
    private final List<ModelRequest> unscripted = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    ScriptedModel(ScriptedTurn... script) {
        this.script = new ConcurrentLinkedQueue<>(Arrays.asList(script));
    }

    @Override
    public ModelCall start(ModelRequest request, ModelListener listener) {
        requests.add(request);
        ScriptedTurn turn = script.poll();
        if (turn == null) {
            unscripted.add(request);
            throw new IllegalStateException("The script has no turn for this request");
        }
        Thread player = Thread.ofVirtual().name("scripted-model").start(() -> play(turn, listener));
        return () -> {
            cancelled.incrementAndGet();
            player.interrupt();
        };
    }

    private static void play(ScriptedTurn turn, ModelListener listener) {
        var heard = new ScriptedTurn.Heard(listener);
        try {
            for (ScriptedTurn.Step step : turn.steps()) {
                step.play(heard);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What was asked, in order.
    List<ModelRequest> requests() {
        return List.copyOf(requests);
    }

    /// How many turns were cancelled.
    int cancelled() {
        return cancelled.get();
    }

    /// Requests the script had no turn for.
    List<ModelRequest> unscripted() {
        return List.copyOf(unscripted);
    }

    /// Turns nobody asked for.
    int unplayed() {
        return script.size();
    }
}
