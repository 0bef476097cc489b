package org.assistantservice.scripts.chat;

import org.assistantservice.scripts.chat.Turns.Question;

/// The command that posts a question without this client, to be pasted into a shell.
final class CurlCommand {
    private CurlCommand() {}

    /// @param streams whether the answer shall come as server-sent events
    static String of(ServiceAddress address, Question question, boolean streams) {
        return """
        curl %s-X POST %s \\
          -H 'Content-Type: application/json' \\
          -H 'Accept: %s' \\
          -d %s\
        """
                .formatted(
                        streams ? "-N " : "",
                        quoted(address.http("/chat").toString()),
                        streams ? "text/event-stream" : "application/json",
                        quoted(Json.body(question)));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
