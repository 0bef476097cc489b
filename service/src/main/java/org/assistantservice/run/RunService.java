package org.assistantservice.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Sampling;
import org.assistantservice.run.RunJournal.AcceptResult;
import org.assistantservice.run.RunJournal.Acceptance;
import org.assistantservice.run.RunJournal.CancelResult;
import org.assistantservice.run.RunRequest.Said;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// Accepts messages: composes the run from assistant and request, and answers once both are on
/// disk.
public final class RunService implements Runs {
    private static final Duration BUSY_RETRY = Duration.ofSeconds(2);
    private static final Duration LOAD_RETRY = Duration.ofSeconds(5);

    private final RunWorkers workers;
    private final RunWorkers.Parts parts;
    private final AssistantTools tools;
    private final String defaultModel;
    private final Failpoints failpoints;

    /// @param defaultModel for assistants that name no model
    public RunService(
            RunWorkers workers,
            RunWorkers.Parts parts,
            AssistantTools tools,
            String defaultModel,
            Failpoints failpoints) {
        this.workers = workers;
        this.parts = parts;
        this.tools = tools;
        this.defaultModel = defaultModel;
        this.failpoints = failpoints;
    }

    @Override
    public AcceptedRun accept(RunRequest request) {
        refuseIfFull(request.principal());
        Acceptance acceptance = acceptance(request);
        return switch (parts.journal().accept(acceptance)) {
            case AcceptResult.Accepted accepted -> {
                failpoints.reach("before-ack");
                yield begun(accepted, Earlier.of(request, parts.limits().historyTokens()));
            }
            case AcceptResult.Repeated(var run) -> new AcceptedRun(run, true);
            case AcceptResult.KeyReused _ ->
                    throw new RunException(
                            RunErrorCode.IDEMPOTENCY_KEY_REUSED,
                            "This Idempotency-Key was used for another request");
            case AcceptResult.NoSuchThread _ ->
                    throw new RunException(RunErrorCode.THREAD_NOT_FOUND, "Thread not found");
            case AcceptResult.Busy _ ->
                    throw new RunException(RunErrorCode.THREAD_BUSY, "Thread is busy", BUSY_RETRY);
        };
    }

    @Override
    public Run cancel(Principal principal, RunId runId) {
        return switch (parts.journal().cancel(principal, runId, parts.clock().instant())) {
            case CancelResult.Ended(var run, var events) -> {
                parts.streams().endedInQueue(runId, events);
                yield run;
            }
            case CancelResult.Requested(var run) -> {
                workers.stop(runId, StopReason.CANCELLED);
                yield run;
            }
            case CancelResult.AlreadyOver(var run) ->
                    throw new RunException(
                            RunErrorCode.RUN_NOT_CANCELLABLE,
                            "Cannot cancel run with status '%s'."
                                    .formatted(run.status().name().toLowerCase(Locale.ROOT)));
            case CancelResult.NoSuchRun _ -> throw RunException.noSuchRun(runId);
        };
    }

    private void refuseIfFull(Principal principal) {
        if (workers.isDraining()) {
            throw new RunException(
                    RunErrorCode.SHUTTING_DOWN, "Service is shutting down", LOAD_RETRY);
        }
        if (workers.activeRuns() >= parts.limits().maxActive()) {
            throw new RunException(
                    RunErrorCode.OVERLOADED, "Too many runs are under way", LOAD_RETRY);
        }
        if (workers.activeRuns(principal) >= parts.limits().maxActivePerPrincipal()) {
            throw new RunException(
                    RunErrorCode.TOO_MANY_RUNS,
                    "At most %d runs at once".formatted(parts.limits().maxActivePerPrincipal()),
                    LOAD_RETRY);
        }
    }

    private AcceptedRun begun(AcceptResult.Accepted accepted, List<Said> earlier) {
        if (accepted.interrupted() != null) {
            workers.stop(accepted.interrupted(), StopReason.CANCELLED);
        }
        if (accepted.claim() != null) {
            workers.launch(accepted.claim(), accepted.events(), earlier);
        } else {
            workers.waitsOn(accepted.run().threadId());
        }
        return new AcceptedRun(accepted.run(), false);
    }

    private Acceptance acceptance(RunRequest request) {
        Instant now = parts.clock().instant();
        ThreadId threadId = request.threadId() == null ? ThreadId.random() : request.threadId();
        RunSpec spec = spec(request, threadId, now);
        return new Acceptance(
                spec,
                request.threadId() == null ? thread(request, threadId, now) : null,
                message(request, spec, now),
                request.assistant(),
                policy(request),
                abandoned(request),
                parts.limits().maxQueuedPerThread(),
                request.options().idempotency(),
                workers.owner(),
                parts.limits().lease());
    }

    private RunSpec spec(RunRequest request, ThreadId threadId, Instant now) {
        Assistant assistant = request.assistant();
        RunRequest.Options options = request.options();
        RoundCap cap = options.roundCap();
        RunId id = options.id();
        return new RunSpec(
                id == null ? RunId.random() : id,
                threadId,
                assistant.id(),
                assistant.version(),
                request.principal(),
                request.correlationId(),
                assistant.modelOr(defaultModel),
                instructions(assistant, options.extraInstructions()),
                tools.of(assistant),
                Sampling.DEFAULT,
                cap == null ? new RoundCap(parts.limits().maxRounds(), RoundCap.AtCap.FAIL) : cap,
                options.historyWindow(),
                options.ephemeral(),
                options.metadata(),
                now,
                now.plus(parts.limits().deadline()));
    }

    private static String instructions(Assistant assistant, @Nullable String extra) {
        return extra == null ? assistant.instructions() : assistant.instructions() + "\n\n" + extra;
    }

    private static ChatThread thread(RunRequest request, ThreadId id, Instant now) {
        return new ChatThread(id, request.principal(), request.assistant().id(), now, Map.of());
    }

    private static Message message(RunRequest request, RunSpec spec, Instant now) {
        return new Message(
                MessageId.random(),
                spec.threadId(),
                Message.Role.USER,
                Message.Status.COMPLETED,
                List.of(request.message()),
                null,
                spec.id(),
                now,
                now,
                null,
                Map.of());
    }

    private static BusyPolicy policy(RunRequest request) {
        BusyPolicy wanted = request.options().busy();
        return wanted == null ? request.assistant().busy() : wanted;
    }

    /// A run that nobody follows any more gives way to a new message.
    private @Nullable RunId abandoned(RunRequest request) {
        ThreadId threadId = request.threadId();
        if (threadId == null || !request.options().supersedesAbandoned()) {
            return null;
        }
        return workers.activeOn(threadId)
                .filter(run -> !parts.streams().hasReader(run))
                .orElse(null);
    }
}
