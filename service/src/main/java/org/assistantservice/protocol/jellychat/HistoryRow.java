package org.assistantservice.protocol.jellychat;

import java.time.Instant;

/// One row of a history.
///
/// @param application of `human` rows; empty on others
record HistoryRow(Type type, String content, Instant timestamp, String application) {
    enum Type {
        HUMAN("human"),
        TOOL("tool"),
        JELLY("jelly");

        final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }
    }

    static HistoryRow tool(String sentence, Instant timestamp) {
        return new HistoryRow(Type.TOOL, sentence, timestamp, "");
    }

    static HistoryRow jelly(String text, Instant timestamp) {
        return new HistoryRow(Type.JELLY, text, timestamp, "");
    }
}
