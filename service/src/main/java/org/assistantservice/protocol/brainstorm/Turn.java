package org.assistantservice.protocol.brainstorm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.RunReader;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.server.RunTie;
import org.assistantservice.server.SocketWriter;

/// Writes one turn to its socket, from the run's first event to the turn's `done`. A client that is
/// too slow loses the rest of the turn, not its socket.
final class Turn implements RunReader {
    private final TurnFrames frames;
    private final SocketWriter writer;
    private final Consumer<Turn> whenOver;
    private final RunTie tie = new RunTie();

    /// @param whenOver told once, after the turn's last frame; must not block
    Turn(TurnFrames frames, SocketWriter writer, Consumer<Turn> whenOver) {
        this.frames = frames;
        this.writer = writer;
        this.whenOver = whenOver;
    }

    RunTie tie() {
        return tie;
    }

    @Override
    public void onEvents(EventBatch batch) {
        if (frames.isOver()) {
            return;
        }
        List<Frame> made = new ArrayList<>();
        for (SequencedEvent event : batch.events()) {
            made.addAll(frames.of(event.event()));
        }
        if (made.isEmpty()) {
            return;
        }
        if (!writer.send(Frame.lines(made))) {
            sendAnyway(frames.cutOff("The client is too slow"));
        }
        if (frames.isOver()) {
            over();
        }
    }

    @Override
    public void onEnd(End end) {
        giveUp(
                switch (end) {
                    case RUN_OVER, INTERRUPTED -> "The answer was interrupted";
                    case SERVICE_STOPPING -> "Service is restarting";
                });
    }

    /// Ends the turn with an error, unless it is over. Not while events are delivered.
    ///
    /// @param error a sentence for the user
    void giveUp(String error) {
        if (!frames.isOver()) {
            sendAnyway(frames.broken(error));
            over();
        }
    }

    private void sendAnyway(List<Frame> last) {
        last.forEach(frame -> writer.sendAnyway(frame.json()));
    }

    private void over() {
        tie.leave();
        whenOver.accept(this);
    }
}
