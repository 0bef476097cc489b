package org.assistantservice.protocol.jellychat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assistantservice.run.Run;
import org.assistantservice.thread.Message;

/// What counts as a run's answer.
final class Answers {
    /// Between two messages of one run.
    static final String BETWEEN = "\n\n";

    private Answers() {}

    /// The text of a run's messages, in order, if that is an answer.
    static Optional<String> of(Run run, List<Message> messages) {
        return of(
                run,
                messages.stream()
                        .filter(message -> message.role() == Message.Role.ASSISTANT)
                        .map(Message::text)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(BETWEEN)));
    }

    /// The text if the run ended well; empty if users get the apology instead. An answer that was
    /// cut off is still one.
    static Optional<String> of(Run run, String text) {
        String answer = text.strip();
        boolean isGood =
                switch (run.status()) {
                    case COMPLETED, INCOMPLETE -> !answer.isEmpty();
                    case FAILED,
                            CANCELLED,
                            EXPIRED,
                            QUEUED,
                            IN_PROGRESS,
                            REQUIRES_ACTION,
                            CANCELLING ->
                            false;
                };
        return isGood ? Optional.of(answer) : Optional.empty();
    }
}
