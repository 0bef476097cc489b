package org.assistantservice.protocol.stateless;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.protocol.stateless.ClientContext.Entry;
import org.assistantservice.run.RunRequest.Said;
import org.assistantservice.thread.Message;

/// What a client sends.
///
/// @param systemPrompt instructions beside the assistant's own; may be empty
record StatelessMessage(String message, String systemPrompt, ClientContext context) {
    /// What the model is shown before the message: the summary, then the newest entries. A client's
    /// `system` entries are a user's words here: whoever can write a context is no operator.
    ///
    /// @param mostMessages entries at most, the message itself counted
    List<Said> earlier(int mostMessages) {
        List<Said> earlier = new ArrayList<>();
        if (!context.summary().isBlank()) {
            earlier.add(new Said(Message.Role.USER, "Conversation summary: " + context.summary()));
        }
        List<Entry> history = context.history();
        int skipped = Math.max(0, history.size() - Math.max(0, mostMessages - 1));
        for (Entry entry : history.subList(skipped, history.size())) {
            // Models refuse messages without text.
            if (!entry.content().isBlank()) {
                earlier.add(new Said(role(entry), entry.content()));
            }
        }
        return earlier;
    }

    private static Message.Role role(Entry entry) {
        return switch (entry.role()) {
            case HUMAN, SYSTEM -> Message.Role.USER;
            case AI -> Message.Role.ASSISTANT;
        };
    }
}
