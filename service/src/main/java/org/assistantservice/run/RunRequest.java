package org.assistantservice.run;

import java.util.List;
import java.util.Map;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// What a protocol asks of a run.
///
/// @param threadId the thread to answer on, or null for a new one
/// @param message the user's text, not empty
/// @param options what most protocols leave as it is
public record RunRequest(
        Assistant assistant,
        @Nullable ThreadId threadId,
        String message,
        Principal principal,
        CorrelationId correlationId,
        Options options) {

    public RunRequest {
        if (!options.earlier().isEmpty() && (threadId != null || !options.ephemeral())) {
            throw new IllegalArgumentException(
                    "What was said earlier can be brought only to an ephemeral run on a new thread");
        }
    }

    /// One message of a conversation that is not kept here.
    ///
    /// @param text not empty
    public record Said(Message.Role role, String text) {}

    /// What a request may ask for, beyond its message.
    ///
    /// @param extraInstructions appended to the assistant's, or null
    /// @param roundCap null for the service's default
    /// @param historyWindow how many messages of the thread the model sees; null for the default
    /// @param ephemeral leaves no trace
    /// @param busy null for the assistant's own policy
    /// @param supersedesAbandoned whether a run under way on the thread that has no reader left is
    ///   cancelled for this one
    /// @param idempotency identifies a repeated request, or null
    /// @param earlier what was said before, oldest first, brought by a caller that keeps the
    ///   conversation itself: shown to the model before the message, never stored. Only with a new
    ///   thread and `ephemeral`, since a run that is taken up again would not have it
    /// @param metadata what the run is to carry for whoever reads it later
    /// @param id of the run, made by a caller that must note it before; or null for a new one. Not
    ///   with `idempotency`
    public record Options(
            @Nullable String extraInstructions,
            @Nullable RoundCap roundCap,
            @Nullable Integer historyWindow,
            boolean ephemeral,
            @Nullable BusyPolicy busy,
            boolean supersedesAbandoned,
            @Nullable Idempotency idempotency,
            List<Said> earlier,
            Map<String, String> metadata,
            @Nullable RunId id) {
        public static final Options DEFAULT =
                new Options(null, null, null, false, null, false, null);

        public Options {
            earlier = List.copyOf(earlier);
            metadata = Map.copyOf(metadata);
        }

        /// With nothing said earlier and without metadata.
        public Options(
                @Nullable String extraInstructions,
                @Nullable RoundCap roundCap,
                @Nullable Integer historyWindow,
                boolean ephemeral,
                @Nullable BusyPolicy busy,
                boolean supersedesAbandoned,
                @Nullable Idempotency idempotency) {
            this(
                    extraInstructions,
                    roundCap,
                    historyWindow,
                    ephemeral,
                    busy,
                    supersedesAbandoned,
                    idempotency,
                    List.of(),
                    Map.of(),
                    null);
        }

        public Options withEarlier(List<Said> said) {
            return new Options(
                    extraInstructions,
                    roundCap,
                    historyWindow,
                    ephemeral,
                    busy,
                    supersedesAbandoned,
                    idempotency,
                    said,
                    metadata,
                    id);
        }

        public Options withMetadata(Map<String, String> carried) {
            return new Options(
                    extraInstructions,
                    roundCap,
                    historyWindow,
                    ephemeral,
                    busy,
                    supersedesAbandoned,
                    idempotency,
                    earlier,
                    carried,
                    id);
        }

        public Options withId(RunId made) {
            return new Options(
                    extraInstructions,
                    roundCap,
                    historyWindow,
                    ephemeral,
                    busy,
                    supersedesAbandoned,
                    idempotency,
                    earlier,
                    metadata,
                    made);
        }
    }

    /// Marks repetitions of one request.
    ///
    /// @param key 1 to 255 printable ASCII characters, unique per tenant for 24 h
    /// @param requestHash digest of what the request asks, to tell a repetition from a reuse
    public record Idempotency(String key, String requestHash) {}
}
