package org.assistantservice.run;

import java.util.List;
import java.util.Locale;
import org.assistantservice.run.RunEvent.CallProgress;
import org.assistantservice.run.RunEvent.CallsFinished;
import org.assistantservice.run.RunEvent.CallsPlanned;
import org.assistantservice.run.RunEvent.MessageChanged;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.Metadata;
import org.assistantservice.run.RunEvent.Reset;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunEvent.StepChanged;
import org.assistantservice.run.RunEvent.StepDelta;
import org.assistantservice.run.RunStep.MessageCreation;
import org.assistantservice.run.RunStep.ToolCalls;

/// Events without ids and times, one line each, e.g. `1-3 step 1 message created`.
final class Trace {
    private Trace() {}

    static List<String> of(List<SequencedEvent> events) {
        return events.stream().map(it -> shortForm(it.event())).toList();
    }

    static List<String> placed(List<SequencedEvent> events) {
        return events.stream()
                .map(it -> "%d-%d %s".formatted(it.epoch(), it.n(), shortForm(it.event())))
                .toList();
    }

    /// The step's calls as `name:state`.
    static List<String> calls(RunStep step) {
        return ((ToolCalls) step.details())
                .calls().stream().map(call -> call.name() + ":" + lower(call.state())).toList();
    }

    private static String shortForm(RunEvent event) {
        return switch (event) {
            case RunChanged(var status, var isCreation, _) ->
                    "run " + (isCreation ? "created" : lower(status));
            case StepChanged(var isCreation, var step) ->
                    "step %d %s %s"
                            .formatted(
                                    step.seq(),
                                    kind(step),
                                    isCreation ? "created" : lower(step.status()));
            case StepDelta(_, var index, var callId, var name, var arguments) ->
                    callId == null
                            ? "call %d += %s".formatted(index, arguments)
                            : "call %d %s".formatted(index, name);
            case MessageChanged(var isCreation, var message) ->
                    "message %s '%s'"
                            .formatted(
                                    isCreation ? "created" : lower(message.status()),
                                    message.text());
            case MessageDelta(_, var text) -> "text " + text;
            case CallsPlanned(_, var step) -> "planned " + calls(step);
            case CallsFinished(_, var step) -> "finished " + calls(step);
            case CallProgress(_, _, var text) -> "progress " + text;
            case Reset(_, var epoch) -> "reset " + epoch;
            case Metadata metadata -> "metadata " + metadata.eventCount();
        };
    }

    private static String kind(RunStep step) {
        return switch (step.details()) {
            case MessageCreation _ -> "message";
            case ToolCalls _ -> "calls";
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
