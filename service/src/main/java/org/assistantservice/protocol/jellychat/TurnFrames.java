package org.assistantservice.protocol.jellychat;

import java.util.List;
import java.util.function.Function;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// What a client sees of one run. Text that the model says before it calls actions is part of the
/// answer: it is shown as it comes, when nobody can know yet what follows. For one thread at a
/// time.
final class TurnFrames {
    private final Function<ToolCall, String> sentences;
    private final String apology;
    private final StringBuilder text = new StringBuilder();
    private int storedLength;
    private boolean beginsMessage;
    private @Nullable Run ended;

    /// @param sentences what the user reads while an action runs
    TurnFrames(Function<ToolCall, String> sentences, String apology) {
        this.sentences = sentences;
        this.apology = apology;
    }

    /// Frames of the next event, in order; none for what clients are not shown.
    List<JellyFrame> of(RunEvent event) {
        return switch (event) {
            case RunEvent.CallsPlanned(_, var step) -> planned(step);
            case RunEvent.MessageDelta(_, var piece) -> token(piece);
            case RunEvent.MessageChanged(var isCreation, var message) -> {
                beginsMessage |= isCreation && message.role() == Message.Role.ASSISTANT;
                yield List.of();
            }
            case RunEvent.RunChanged(var status, _, var run) -> {
                ended = status.isTerminal() ? run : ended;
                yield List.of();
            }
            case RunEvent.Reset _ -> {
                text.setLength(storedLength);
                yield List.of();
            }
            case RunEvent.StepChanged _,
                    RunEvent.StepDelta _,
                    RunEvent.CallsFinished _,
                    RunEvent.CallProgress _,
                    RunEvent.Metadata _ ->
                    List.of();
        };
    }

    /// The frames that end the turn, with the answer as it is stored; without a terminal event
    /// before, that of a turn that failed.
    List<JellyFrame> last() {
        Run run = ended;
        String answer = run == null ? apology : Answers.of(run, text.toString()).orElse(apology);
        return answer.equals(apology)
                ? List.of(JellyFrame.token(apology), JellyFrame.finalMessage(apology))
                : List.of(JellyFrame.finalMessage(answer));
    }

    private List<JellyFrame> planned(RunStep step) {
        storedLength = text.length();
        return step.details() instanceof ToolCalls round
                ? round.calls().stream().map(sentences).map(JellyFrame::toolStart).toList()
                : List.of();
    }

    private List<JellyFrame> token(String piece) {
        String shown = beginsMessage && !text.isEmpty() ? Answers.BETWEEN + piece : piece;
        beginsMessage = false;
        text.append(shown);
        return List.of(JellyFrame.token(shown));
    }
}
