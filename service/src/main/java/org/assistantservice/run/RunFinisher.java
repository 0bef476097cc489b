package org.assistantservice.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.run.RunEvent.MessageChanged;
import org.assistantservice.run.RunEvent.Metadata;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunEvent.StepChanged;
import org.assistantservice.thread.Message;

/// Brings a run to its end: composes the last forms of what is open, stores them in one
/// transaction, then tells the readers. Every way a run can end goes through here.
final class RunFinisher {
    private final RunJournal journal;
    private final LiveRunStreams streams;
    private final InstantSource clock;

    RunFinisher(RunJournal journal, LiveRunStreams streams, InstantSource clock) {
        this.journal = journal;
        this.streams = streams;
        this.clock = clock;
    }

    /// Ends the run; on return its end is on disk and delivered.
    void finish(ActiveRun active, RunEnding ending) {
        active.settle();
        Instant now = clock.instant();
        Last last = new Last();
        if (ending.run() == RunStatus.CANCELLED) {
            Run cancelling =
                    active.run().with(active.run().state().withStatus(RunStatus.CANCELLING));
            last.events.add(RunChanged.to(cancelling));
        }
        endTurn(active, ending, now, last);
        RunStep round = active.openStep();
        if (round != null) {
            last.end(round.ended(ending.step(), now, ending.error(), round.usage()));
        }
        Run ended = ended(active.run(), ending, now);
        last.events.add(RunChanged.to(ended));
        if (ending.run() == RunStatus.COMPLETED) {
            last.events.add(metadata(active, ended, now, last.changes()));
        }
        StagedRows staged = active.feed().stage(last.events);
        journal.finish(active.lease(), ended, last.steps, last.messages, staged.rows());
        active.feed().committed(staged);
        active.run(ended);
        streams.close(active.feed(), RunReader.End.RUN_OVER);
    }

    private static void endTurn(ActiveRun active, RunEnding ending, Instant now, Last last) {
        TurnStream turn = active.turn();
        if (turn == null) {
            return;
        }
        if (ending.run() == RunStatus.COMPLETED) {
            turn.openMessage();
        }
        Message message = turn.message();
        RunStep step = turn.messageStep();
        if (message != null && step != null) {
            if (message.status() == Message.Status.IN_PROGRESS) {
                Message ended = turn.endedMessage(ending.message(), ending.messageReason());
                last.events.add(new MessageChanged(false, ended));
                last.messages.add(ended);
                last.end(
                        step.ended(
                                ending.step(), now, ending.error(), active.run().state().usage()));
            } else {
                last.messages.add(message);
                last.steps.add(step);
            }
        }
        if (turn.hasCalls()) {
            last.end(turn.openCalls().ended(ending.step(), now, ending.error(), null));
        }
    }

    private static Run ended(Run run, RunEnding ending, Instant now) {
        RunState state = run.state();
        return run.with(
                new RunState(
                        ending.run(),
                        state.startedAt(),
                        now,
                        ending.error(),
                        ending.incompleteReason(),
                        List.of(),
                        state.usage()));
    }

    private static Metadata metadata(ActiveRun active, Run ended, Instant now, int lastChanges) {
        RunSpec spec = ended.spec();
        return new Metadata(
                spec.id(),
                spec.threadId(),
                spec.correlationId(),
                Duration.between(spec.createdAt(), now),
                active.feed().changes() + lastChanges,
                now);
    }

    /// What the last transaction holds.
    private static final class Last {
        final List<RunEvent> events = new ArrayList<>();
        final List<RunStep> steps = new ArrayList<>();
        final List<Message> messages = new ArrayList<>();

        void end(RunStep step) {
            steps.add(step);
            events.add(new StepChanged(false, step));
        }

        int changes() {
            return events.stream().mapToInt(RunEvent::changes).sum();
        }
    }
}
