package org.assistantservice.protocol.stateless;

import java.util.ArrayList;
import java.util.List;

/// A conversation as its client keeps it.
///
/// @param history everything that was said, oldest first
/// @param summary may be empty
record ClientContext(List<Entry> history, String summary, Spelling spelling) {
    static final ClientContext NONE = new ClientContext(List.of(), "", Spelling.LONG);

    ClientContext {
        history = List.copyOf(history);
    }

    /// @param content word for word
    record Entry(Role role, String content) {}

    ClientContext with(Role role, String content) {
        List<Entry> longer = new ArrayList<>(history);
        longer.add(new Entry(role, content));
        return new ClientContext(longer, summary, spelling);
    }

    enum Role {
        HUMAN("human"),
        AI("ai"),
        SYSTEM("system");

        final String wire;

        Role(String wire) {
            this.wire = wire;
        }
    }

    /// The names of the fields; an answer uses those of its request.
    enum Spelling {
        LONG("conversation_history", "conversation_summary"),
        SHORT("history", "summary");

        final String history;
        final String summary;

        Spelling(String history, String summary) {
            this.history = history;
            this.summary = summary;
        }
    }
}
