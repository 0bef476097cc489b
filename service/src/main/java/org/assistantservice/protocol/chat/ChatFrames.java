package org.assistantservice.protocol.chat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.assistantservice.protocol.chat.ChatFrame.Event;
import org.assistantservice.protocol.chat.ChatFrame.Failure;
import org.assistantservice.protocol.chat.ChatFrame.Reason;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunStatus;
import org.assistantservice.thread.Message;
import org.assistantservice.wire.WireJson;

/// What this protocol shows of a run's events: a pure function, shared by server-sent events and
/// WebSocket.
final class ChatFrames {
    private ChatFrames() {}

    /// Frames of one event, in order; none for what clients are not shown.
    static List<ChatFrame> of(RunEvent event) {
        return switch (event) {
            case RunEvent.RunChanged(var status, var isCreation, var run) ->
                    runChanged(status, isCreation, run);
            case RunEvent.StepChanged(var isCreation, var step) ->
                    event(
                            "thread.run.step." + (isCreation ? "created" : lower(step.status())),
                            WireJson.step(step));
            case RunEvent.StepDelta delta ->
                    event("thread.run.step.delta", WireJson.stepDelta(delta));
            case RunEvent.MessageChanged(var isCreation, var message) ->
                    messageChanged(isCreation, message);
            case RunEvent.MessageDelta(var id, var text) ->
                    event("thread.message.delta", WireJson.messageDelta(id, text));
            case RunEvent.CallsPlanned(var run, _) ->
                    event("thread.run.requires_action", WireJson.run(run));
            case RunEvent.CallsFinished(var run, var step) ->
                    List.of(
                            new Event("thread.run.step.completed", WireJson.step(step)),
                            new Event("thread.run.queued", WireJson.runAs(run, RunStatus.QUEUED)),
                            new Event("thread.run.in_progress", WireJson.run(run)));
            case RunEvent.CallProgress _ -> List.of();
            case RunEvent.Reset(var runId, var epoch) ->
                    event("reset", "{\"run_id\":\"%s\",\"epoch\":%d}".formatted(runId, epoch));
            case RunEvent.Metadata metadata -> List.of(new ChatFrame.Metadata(fields(metadata)));
        };
    }

    private static List<ChatFrame> runChanged(RunStatus status, boolean isCreation, Run run) {
        Event changed =
                new Event(
                        "thread.run." + (isCreation ? "created" : lower(status)),
                        WireJson.run(run));
        return switch (status) {
            case QUEUED, IN_PROGRESS, REQUIRES_ACTION, CANCELLING, COMPLETED, FAILED ->
                    List.of(changed);
            case CANCELLED -> List.of(changed, failure(run, Reason.CANCELLED, "Run cancelled"));
            case EXPIRED -> List.of(changed, failure(run, Reason.EXPIRED, "Run expired"));
            case INCOMPLETE ->
                    List.of(
                            changed,
                            failure(run, Reason.INCOMPLETE, "Run incomplete: " + why(run)));
        };
    }

    private static List<ChatFrame> messageChanged(boolean isCreation, Message message) {
        return event(
                "thread.message." + (isCreation ? "created" : lower(message.status())),
                WireJson.message(message));
    }

    private static Failure failure(Run run, Reason reason, String text) {
        Instant ended = run.state().endedAt();
        return new Failure(
                reason,
                text,
                run.spec().correlationId(),
                ended == null ? run.spec().createdAt() : ended);
    }

    private static String why(Run run) {
        String reason = run.state().incompleteReason();
        return reason == null ? "content_filter" : reason;
    }

    private static String fields(RunEvent.Metadata metadata) {
        return """
        {"correlation_id":"%s","elapsed_time_seconds":%s,"event_count":%d,"thread_id":"%s",\
        "timestamp":%s}\
        """
                .formatted(
                        metadata.correlationId().shortForm(),
                        JsonTimes.seconds(metadata.elapsed()),
                        metadata.eventCount(),
                        metadata.threadId(),
                        JsonTimes.epochSeconds(metadata.timestamp()));
    }

    private static List<ChatFrame> event(String name, String json) {
        return List.of(new Event(name, json));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
