package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import org.assistantservice.protocol.chat.ChatStreams.Place;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunReads;
import org.assistantservice.server.Caller;
import org.assistantservice.server.Problem;

/// Continues a stream of POST `/chat` after the frame that the client saw last. Nothing is posted
/// and no run begins. Blocks; thread-safe.
@Singleton
final class ChatResume {
    private final ChatStreams streams;
    private final RunReads reads;

    ChatResume(ChatStreams streams, RunReads reads) {
        this.streams = streams;
        this.reads = reads;
    }

    /// @throws org.assistantservice.server.ProblemException 404 if the id was not issued for this
    ///   thread, or is no longer kept
    HttpResponse<?> resume(
            HttpRequest<?> request, ChatMessage message, String lastEventId, Place place) {
        RunCursor after = RunCursor.parse(lastEventId).orElseThrow(ChatResume::unknown);
        Run run =
                reads.run(Caller.principal(request), after.runId())
                        .filter(it -> belongs(it, message))
                        .orElseThrow(ChatResume::unknown);
        try {
            return streams.open(request, run, after, place);
        } catch (RunException e) {
            throw isUnknown(e.code()) ? unknown() : e;
        }
    }

    /// A client that began with a new thread may repeat that very request.
    private static boolean belongs(Run run, ChatMessage message) {
        return message.isForNewThread() || run.threadId().value().equals(message.threadId());
    }

    private static boolean isUnknown(RunErrorCode code) {
        return code == RunErrorCode.RUN_NOT_FOUND
                || code == RunErrorCode.INVALID_CURSOR
                || code == RunErrorCode.CURSOR_EXPIRED;
    }

    private static RuntimeException unknown() {
        return new Problem(HttpStatus.NOT_FOUND, "unknown_event_id", "Unknown Last-Event-ID")
                .toException();
    }
}
