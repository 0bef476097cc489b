package org.assistantservice.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assistantservice.actions.Effect;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.model.ModelClient;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.run.RunEvent.CallsPlanned;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// Asks the model, runs the calls it wants, and asks again, until it answers. The journal holds
/// every step before it changes or shows anything, so that another process can go on from any
/// point.
final class RunLoop {
    private final ModelClient model;
    private final RunWorkers.Parts parts;
    private final CallRound callRound;
    private final RunFinisher finisher;
    private final Failpoints failpoints;
    private final FunctionActions functionActions = new FunctionActions();

    RunLoop(
            ModelClient model,
            RunWorkers.Parts parts,
            CallRound callRound,
            RunFinisher finisher,
            Failpoints failpoints) {
        this.model = model;
        this.parts = parts;
        this.callRound = callRound;
        this.finisher = finisher;
        this.failpoints = failpoints;
    }

    /// Takes the run to its end and stores it.
    ///
    /// @throws StoppedException if it was told to stop; then it is not ended yet
    /// @throws ModelException if the model failed; then it is not ended yet
    void run(ActiveRun active, ActionCatalog catalog) throws ModelException, InterruptedException {
        boolean leftBehind = active.spec().ephemeral() && active.lease().epoch() > 1;
        if (active.claim().cancelRequested() || leftBehind) {
            throw new StoppedException(StopReason.CANCELLED);
        }
        finishOpenRound(active, catalog);
        List<Message> history = history(active);
        while (true) {
            ModelTurn turn =
                    ask(active, ModelContext.of(active.earlier(), history, active.steps()));
            active.use(turn.usage());
            if (turn.finishReason() != ModelTurn.FinishReason.DONE) {
                finisher.finish(active, cutOff(turn.finishReason()));
                return;
            }
            if (turn.calls().isEmpty()) {
                failpoints.reach("before-finish");
                finisher.finish(active, RunEnding.COMPLETED);
                failpoints.reach("after-finish");
                return;
            }
            if (active.rounds() >= active.spec().roundCap().rounds()) {
                finisher.finish(active, RunEnding.failed(tooManyRounds()));
                return;
            }
            RunStep round = round(active, catalog, turn);
            callRound.run(active, catalog, round, step -> plan(active, catalog, step));
        }
    }

    /// A round that was under way when the last owner vanished is finished, never asked for again.
    private void finishOpenRound(ActiveRun active, ActionCatalog catalog)
            throws InterruptedException {
        for (RunStep step : List.copyOf(active.steps())) {
            if (step.status() == RunStep.Status.IN_PROGRESS
                    && step.details() instanceof ToolCalls) {
                callRound.resume(active, catalog, step);
            }
        }
    }

    private List<Message> history(ActiveRun active) {
        Message opening = active.claim().opening();
        if (opening != null) {
            return List.of(opening);
        }
        Integer own = active.spec().historyWindow();
        int messages = own == null ? parts.limits().historyWindow() : own;
        var window = new HistoryWindow(messages, parts.limits().historyTokens());
        return parts.reads().history(active.run(), window);
    }

    private ModelTurn ask(ActiveRun active, List<ModelMessage> messages)
            throws ModelException, InterruptedException {
        active.throwIfStopped();
        failpoints.reach("before-model");
        RunSpec spec = active.spec();
        boolean lastWord =
                spec.roundCap().atCap() == RoundCap.AtCap.ANSWER
                        && active.rounds() >= spec.roundCap().rounds();
        TurnStream turn = new TurnStream(active, parts.clock(), failpoints);
        active.turn(turn);
        ModelClient.ModelCall call =
                model.start(
                        new ModelRequest(
                                spec.model(),
                                spec.instructions(),
                                messages,
                                lastWord ? List.of() : spec.tools(),
                                spec.sampling(),
                                spec.correlationId()),
                        turn);
        try {
            if (active.settle()) {
                failpoints.reach("after-result");
            }
            return turn.await();
        } catch (RuntimeException | InterruptedException e) {
            call.cancel();
            turn.close();
            throw e;
        }
    }

    private static RunEnding cutOff(ModelTurn.FinishReason reason) {
        return switch (reason) {
            case LENGTH -> RunEnding.incomplete("max_completion_tokens", "max_tokens");
            case CONTENT_FILTER -> RunEnding.incomplete("content_filter", "content_filter");
            case DONE -> throw new IllegalArgumentException("A turn that is done is not cut off");
        };
    }

    private static RunError tooManyRounds() {
        return new RunError(
                RunError.Code.SERVER_ERROR, "Too many action rounds", "too_many_rounds", null);
    }

    /// The step of the calls that the model wants, in its final form but for their states.
    private RunStep round(ActiveRun active, ActionCatalog catalog, ModelTurn turn) {
        RunStep open = active.turnOrThrow().openCalls();
        List<ToolCall> calls = calls(active, catalog, turn.calls());
        return open.with(new ToolCalls(turn.text(), calls)).with(turn.usage());
    }

    /// T2, and T3 of the calls that are marked as started: asks for the model's turn to be stored,
    /// to be shown then.
    private void plan(ActiveRun active, ActionCatalog catalog, RunStep step) {
        TurnStream stream = active.turnOrThrow();
        List<ToolCall> calls = ((ToolCalls) step.details()).calls();
        List<RunStep> steps = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        RunStep messageStep = stream.messageStep();
        Message message = stream.message();
        if (messageStep != null && message != null) {
            steps.add(messageStep);
            messages.add(message);
        }
        steps.add(step);
        Run shown = requiringAction(active.run(), calls);
        active.write(
                List.of(new CallsPlanned(shown, step)),
                rows ->
                        parts.journal()
                                .plan(
                                        active.lease(),
                                        active.run(),
                                        steps,
                                        messages,
                                        catalog.packDigests(),
                                        rows));
        active.turn(null);
        active.openStep(step);
        steps.forEach(active::keep);
    }

    private List<ToolCall> calls(
            ActiveRun active, ActionCatalog catalog, List<ModelToolCall> wanted) {
        Map<String, ActionRef> functions = functionActions.of(active.claim().assistant());
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            ModelToolCall call = wanted.get(i);
            ActionRef ref = functions.get(call.name());
            ToolCall planned =
                    new ToolCall(
                            active.turnOrThrow().callId(i, call.id()),
                            i,
                            call.name(),
                            ref,
                            effect(catalog, ref),
                            call.argumentsJson(),
                            call.extraJson(),
                            ToolCall.State.PLANNED,
                            null);
            calls.add(
                    i < parts.limits().maxCallsPerRound() ? planned : beyondLimit(active, planned));
        }
        return calls;
    }

    private ToolCall beyondLimit(ActiveRun active, ToolCall planned) {
        String correlation = active.spec().correlationId().shortForm();
        return planned.ended(
                ToolCall.State.FAILED,
                ("Error: Function '%s' execution failed: more than %d calls in one round"
                                + " (correlation_id: %s)")
                        .formatted(planned.name(), parts.limits().maxCallsPerRound(), correlation));
    }

    private static Effect effect(ActionCatalog catalog, @Nullable ActionRef ref) {
        return ref == null
                ? Effect.ONCE
                : catalog.find(ref)
                        .map(ActionInvoker::definition)
                        .map(ActionDefinition::effect)
                        .orElse(Effect.ONCE);
    }

    private static Run requiringAction(Run run, List<ToolCall> calls) {
        RunState state = run.state();
        return run.with(
                new RunState(
                        RunStatus.REQUIRES_ACTION,
                        state.startedAt(),
                        null,
                        null,
                        null,
                        calls,
                        state.usage()));
    }
}
