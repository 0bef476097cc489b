package org.assistantservice.run;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.ActionCall;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionExecutor;
import org.assistantservice.dispatch.ActionExecutor.Ready;
import org.assistantservice.dispatch.ActionExecutor.Refused;
import org.assistantservice.dispatch.ActionOutcome;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.StepId;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.run.ToolCall.State;

/// The calls of one round and what has become of them. Those that may run have places, counted from
/// 0. [#end] is called from several threads, each for its own place; the run's thread reads the
/// outcome after they are done.
final class RoundCalls {
    private final RunStep step;
    private final List<ToolCall> calls;
    private final List<Ready> ready = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();

    RoundCalls(RunStep step) {
        this.step = step;
        this.calls = new ArrayList<>(((ToolCalls) step.details()).calls());
    }

    /// Finds out which calls may run and ends those that may not.
    void check(ActionExecutor executor, ActionCatalog catalog, CorrelationId id) {
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            if (call.state() == State.STARTED && call.effect() == Effect.ONCE) {
                calls.set(i, call.ended(State.UNKNOWN, unknownText(call)));
            } else if (!call.state().isEnded()) {
                var asked = new ActionCall(call.id(), call.name(), call.argumentsJson());
                switch (executor.check(catalog, call.action(), asked, id)) {
                    case Ready checked -> {
                        ready.add(checked);
                        indexes.add(i);
                    }
                    case Refused(var outcome) ->
                            calls.set(i, call.ended(State.FAILED, outcome.output()));
                }
            }
        }
    }

    StepId id() {
        return step.id();
    }

    /// How many may run.
    int places() {
        return ready.size();
    }

    Ready ready(int place) {
        return ready.get(place);
    }

    ToolCall at(int place) {
        return calls.get(indexes.get(place));
    }

    /// Whether those that may run change nothing.
    boolean onlyRead() {
        return indexes.stream().allMatch(i -> calls.get(i).effect() == Effect.READ_ONLY);
    }

    void markStarted() {
        for (int i : indexes) {
            calls.set(i, calls.get(i).started());
        }
    }

    /// Those that may run, as they are now.
    List<ToolCall> running() {
        return indexes.stream().map(calls::get).toList();
    }

    /// The call at a place has come to its end.
    ///
    /// @return its final form
    ToolCall end(int place, ActionOutcome outcome) {
        ToolCall ended = ended(at(place), outcome);
        calls.set(indexes.get(place), ended);
        return ended;
    }

    boolean allEnded() {
        return calls.stream().allMatch(call -> call.state().isEnded());
    }

    /// The round's step with its calls as they are now.
    RunStep step() {
        return step.with(new ToolCalls(((ToolCalls) step.details()).text(), calls));
    }

    private static ToolCall ended(ToolCall started, ActionOutcome outcome) {
        return switch (outcome) {
            case ActionOutcome.Succeeded(var output) -> started.ended(State.DONE, output);
            case ActionOutcome.Failed(var reason, var output) ->
                    started.ended(
                            reason == ActionOutcome.Reason.CANCELLED
                                            && started.effect() != Effect.READ_ONLY
                                    ? State.UNKNOWN
                                    : State.FAILED,
                            output);
        };
    }

    private static String unknownText(ToolCall call) {
        return ("Error: The outcome of function '%s' is unknown: the service stopped while it ran,"
                        + " so it may or may not have happened. Do not repeat it; check first, or"
                        + " ask the user.")
                .formatted(call.name());
    }
}
