package org.assistantservice.protocol.stateless;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.protocol.stateless.ClientContext.Role;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;

/// What this protocol shows of one turn. Events may come again, as they do for a reader that was
/// slow: their frames are the same each time. For one thread at a time.
final class TurnFrames {
    private static final String TOO_MANY_ROUNDS = "too_many_rounds";

    private final StatelessMessage asked;
    private final CorrelationId correlationId;
    private final Function<ToolCall, Optional<ActionDefinition>> actions;
    private final Map<MessageId, String> texts = new LinkedHashMap<>();

    /// @param actions what is known of the action behind a call
    TurnFrames(
            StatelessMessage asked,
            CorrelationId correlationId,
            Function<ToolCall, Optional<ActionDefinition>> actions) {
        this.asked = asked;
        this.correlationId = correlationId;
        this.actions = actions;
    }

    /// Frames of one event, in order; none for what clients are not shown.
    List<Frame> of(RunEvent event) {
        return switch (event) {
            case RunEvent.RunChanged(var status, _, var run) -> runChanged(status, run);
            case RunEvent.StepChanged(_, var step) -> brokenOff(step);
            case RunEvent.MessageChanged(_, var message) -> {
                note(message);
                yield List.of();
            }
            case RunEvent.MessageDelta(_, var text) -> List.of(Frame.text(text));
            case RunEvent.CallsPlanned(_, var step) -> shown(step).map(this::start).toList();
            case RunEvent.CallsFinished(_, var step) -> shown(step).map(this::end).toList();
            case RunEvent.StepDelta _,
                    RunEvent.CallProgress _,
                    RunEvent.Reset _,
                    RunEvent.Metadata _ ->
                    List.of();
        };
    }

    /// The end of a turn that did not come to its own: the client may send the message again.
    List<Frame> failed(String reason) {
        List<Frame> frames = new ArrayList<>();
        frames.add(Frame.error(signed(reason)));
        frames.addAll(contexts(asked.context()));
        return frames;
    }

    private List<Frame> runChanged(RunStatus status, Run run) {
        return switch (status) {
            case QUEUED, IN_PROGRESS, REQUIRES_ACTION, CANCELLING -> List.of();
            case COMPLETED -> contexts(answered());
            case FAILED -> failed(run);
            case CANCELLED -> failed("The answer was cancelled");
            case EXPIRED -> failed("The answer took too long");
            case INCOMPLETE -> failed("The answer was cut off: " + why(run));
        };
    }

    private List<Frame> failed(Run run) {
        RunError error = run.state().error();
        if (error == null) {
            return failed("An unexpected error occurred");
        }
        if (!error.reason().equals(TOO_MANY_ROUNDS)) {
            return failed(error.message());
        }
        List<Frame> frames = new ArrayList<>();
        frames.add(
                Frame.error(
                        signed("Response generation exceeded the maximum number of iterations.")));
        frames.addAll(contexts(text().isEmpty() ? withMessage() : answered()));
        return frames;
    }

    private ClientContext answered() {
        return withMessage().with(Role.AI, text());
    }

    private ClientContext withMessage() {
        return asked.context().with(Role.HUMAN, asked.message());
    }

    /// All that was shown as text.
    private String text() {
        return String.join("", texts.values());
    }

    private void note(Message message) {
        if (message.status() != Message.Status.IN_PROGRESS) {
            texts.put(message.id(), message.text());
        }
    }

    private static List<Frame> contexts(ClientContext context) {
        return List.of(
                Frame.context("context_update", context),
                Frame.context("updated_context", context));
    }

    /// A call to an action that this assistant does not have is told to the model only.
    private static Stream<ToolCall> shown(RunStep step) {
        return step.details() instanceof ToolCalls round
                ? round.calls().stream().filter(call -> call.action() != null)
                : Stream.empty();
    }

    private Frame start(ToolCall call) {
        Optional<ActionDefinition> action = actions.apply(call);
        return Frame.toolStart(
                id(call),
                call.name(),
                action.map(ActionDefinition::description).orElse(call.name()),
                action.map(ActionDefinition::notice).orElse(call.name()));
    }

    private Frame end(ToolCall call) {
        String output = call.output();
        return call.state() == ToolCall.State.DONE && output != null
                ? Frame.toolEnd(id(call), call.name(), output)
                : failure(call, output == null ? "cancelled" : output);
    }

    /// The end of a call of which nothing more will be heard.
    Frame cutOff(ToolCall call) {
        return failure(call, "cancelled");
    }

    private Frame failure(ToolCall call, String output) {
        String text =
                output.startsWith("Error:")
                        ? output
                        : signed(
                                "Error: Function '%s' execution failed: %s"
                                        .formatted(call.name(), output));
        return Frame.toolFailed(id(call), call.name(), text);
    }

    /// A round that the end of its run cut off: its calls were shown as begun.
    private List<Frame> brokenOff(RunStep step) {
        return switch (step.status()) {
            case IN_PROGRESS, COMPLETED -> List.of();
            case CANCELLED, FAILED, EXPIRED -> shown(step).map(this::end).toList();
        };
    }

    /// Always the same for the same call. Models number their calls anew in each turn, so the id of
    /// the call alone would come again in the next one.
    private String id(ToolCall call) {
        String name = correlationId.value() + "/" + call.id().value();
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    private static String why(Run run) {
        String reason = run.state().incompleteReason();
        return reason == null ? "content_filter" : reason;
    }

    private String signed(String message) {
        return message.contains("(correlation_id: ")
                ? message
                : "%s (correlation_id: %s)".formatted(message, correlationId.shortForm());
    }
}
