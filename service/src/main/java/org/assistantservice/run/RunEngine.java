package org.assistantservice.run;

import java.time.Instant;
import java.time.InstantSource;
import org.assistantservice.dispatch.ActionExecutor;
import org.assistantservice.model.ModelClient;

/// Puts the parts of this room together.
///
/// @param runs the way in
/// @param workers to be started once everything else is ready, and drained first at the end
public record RunEngine(Runs runs, RunWorkers workers) {

    /// Makes the parts; none is at work before [RunWorkers#start].
    ///
    /// @param model the model all assistants use
    /// @param defaultModel for assistants that name no model
    public static RunEngine of(
            RunWorkers.Parts given,
            ActionExecutor executor,
            ModelClient model,
            AssistantTools tools,
            String defaultModel,
            Failpoints failpoints) {
        RunWorkers.Parts parts = inMilliseconds(given);
        var finisher = new RunFinisher(parts.journal(), parts.streams(), parts.clock());
        var callRound = new CallRound(parts.journal(), executor, parts.clock(), failpoints);
        var loop = new RunLoop(model, parts, callRound, finisher, failpoints);
        var workers = new RunWorkers(parts, loop, finisher, failpoints);
        return new RunEngine(
                new RunService(workers, parts, tools, defaultModel, failpoints), workers);
    }

    /// The journal keeps whole milliseconds: an event must read the same live and stored.
    private static RunWorkers.Parts inMilliseconds(RunWorkers.Parts parts) {
        InstantSource clock = parts.clock();
        return new RunWorkers.Parts(
                parts.journal(),
                parts.reads(),
                parts.streams(),
                parts.actions(),
                parts.limits(),
                () -> Instant.ofEpochMilli(clock.millis()));
    }
}
