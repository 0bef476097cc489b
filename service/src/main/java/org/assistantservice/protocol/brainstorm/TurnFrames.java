package org.assistantservice.protocol.brainstorm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.protocol.brainstorm.Frame.Done;
import org.assistantservice.protocol.brainstorm.Frame.Fault;
import org.assistantservice.protocol.brainstorm.Frame.Piece;
import org.assistantservice.protocol.brainstorm.Frame.Tag;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.jspecify.annotations.Nullable;

/// What clients see of one turn. The frames follow from the events alone; what is kept between them
/// is text too short for a piece. Whichever way the turn ends, the last frame is its only `done`,
/// and none follows. For one thread at a time.
final class TurnFrames {
    private final String chatId;
    private final CorrelationId correlationId;
    private final int minChars;

    private final StringBuilder waiting = new StringBuilder();
    private final Set<CallId> shown = new HashSet<>();

    /// How much of what waits is stored, so that no restart takes it back.
    private int safe;

    private boolean hasShownUnsafe;
    private boolean isOpen;
    private boolean isOver;

    /// @param minChars code points that a piece has at least, but for the last one
    TurnFrames(String chatId, CorrelationId correlationId, int minChars) {
        this.chatId = chatId;
        this.correlationId = correlationId;
        this.minChars = minChars;
    }

    boolean isOver() {
        return isOver;
    }

    /// Frames of the next event, in order; none for what clients are not shown.
    List<Frame> of(RunEvent event) {
        if (isOver) {
            return List.of();
        }
        return switch (event) {
            case RunEvent.MessageDelta(_, var text) -> added(text);
            case RunEvent.CallsFinished(_, var step) -> ideas(step);
            case RunEvent.StepChanged(_, var step) -> ideas(step);
            case RunEvent.CallsPlanned _ -> {
                safe = waiting.length();
                hasShownUnsafe = false;
                yield List.of();
            }
            case RunEvent.Reset _ -> reset();
            case RunEvent.RunChanged(var status, _, var run) -> changed(status, run);
            case RunEvent.StepDelta _,
                    RunEvent.MessageChanged _,
                    RunEvent.CallProgress _,
                    RunEvent.Metadata _ ->
                    List.of();
        };
    }

    /// The turn ends for the client, whatever becomes of the run.
    ///
    /// @param error a sentence for the user
    List<Frame> broken(String error) {
        List<Frame> frames = new ArrayList<>();
        if (!waiting.isEmpty()) {
            frames.add(piece());
        }
        frames.addAll(cutOff(error));
        return frames;
    }

    /// The turn ends for a client that cannot be sent what it has not got yet.
    ///
    /// @param error a sentence for the user
    List<Frame> cutOff(String error) {
        isOver = true;
        List<Frame> frames = new ArrayList<>();
        if (isOpen) {
            frames.add(new Piece("", chatId, Tag.MESSAGE, true));
        }
        frames.add(Fault.of(error, chatId, correlationId));
        frames.add(new Done(chatId));
        return frames;
    }

    private List<Frame> changed(RunStatus status, Run run) {
        return switch (status) {
            case QUEUED, IN_PROGRESS, REQUIRES_ACTION, CANCELLING -> List.of();
            case COMPLETED -> completed();
            case FAILED -> broken(why(run.state().error()));
            case CANCELLED -> broken("Run cancelled");
            case EXPIRED -> broken("Run expired");
            case INCOMPLETE -> {
                String reason = run.state().incompleteReason();
                yield broken("Run incomplete" + (reason == null ? "" : ": " + reason));
            }
        };
    }

    private List<Frame> completed() {
        isOver = true;
        return List.of(new Piece(waiting.toString(), chatId, Tag.MESSAGE, true), new Done(chatId));
    }

    private List<Frame> added(String text) {
        waiting.append(text);
        return waiting.isEmpty() || waiting.codePointCount(0, waiting.length()) < minChars
                ? List.of()
                : List.of(piece());
    }

    /// All that waits; a message that is not over follows.
    private Piece piece() {
        Piece piece = new Piece(waiting.toString(), chatId, Tag.MESSAGE, false);
        hasShownUnsafe |= waiting.length() > safe;
        waiting.setLength(0);
        safe = 0;
        isOpen = true;
        return piece;
    }

    /// What was not stored is said again, perhaps otherwise: a piece that is out already cannot be
    /// taken back.
    private List<Frame> reset() {
        waiting.setLength(safe);
        return hasShownUnsafe ? broken("The answer was interrupted") : List.of();
    }

    private List<Frame> ideas(RunStep step) {
        return switch (step.details()) {
            case RunStep.MessageCreation _ -> List.of();
            case RunStep.ToolCalls(_, var calls) ->
                    calls.stream()
                            .filter(call -> !shown.contains(call.id()))
                            .<Frame>mapMulti((call, frames) ->
                                    SavedIdea.of(call)
                                            .ifPresent(text -> {
                                                shown.add(call.id());
                                                frames.accept(
                                                        new Piece(text, chatId, Tag.IDEA, true));
                                            }))
                            .toList();
        };
    }

    private static String why(@Nullable RunError error) {
        return error == null ? "Run failed" : error.message();
    }
}
