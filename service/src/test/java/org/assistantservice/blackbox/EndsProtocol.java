package org.assistantservice.blackbox;

import java.io.IOException;
import java.util.List;

/// One protocol as a row of the table in [EveryEndIT]: how its client asks, and the form that every
/// end of a run has there.
interface EndsProtocol {
    /// In patterns, the first eight characters of the turn's correlation id.
    String ID = "<id>";

    /// Sends a message and returns before it is answered.
    ///
    /// @param conversation the same for messages that belong together
    /// @param correlationId sent along
    Asked ask(String conversation, String message, String correlationId)
            throws IOException, InterruptedException;

    /// Fits the frames that end a turn, whichever way.
    String terminal();

    /// Patterns of the last frames of a turn that ended so, in order; one of them is terminal, and
    /// no earlier frame of the turn fits any.
    List<String> last(WayToEnd end);

    /// What becomes of a run whose client left, once its conversation goes on.
    default String statusWithoutClient() {
        return "cancelled";
    }

    /// A message on its way.
    interface Asked extends AutoCloseable {
        /// Reads to the end of the turn, and a little further where more could come.
        Seen seen() throws Exception;

        /// Leaves without a word.
        @Override
        void close() throws IOException;
    }

    /// What the client saw of a turn.
    ///
    /// @param correlationId as the response said
    /// @param frames each as one line, in order
    record Seen(String correlationId, List<String> frames) {
        public Seen {
            frames = List.copyOf(frames);
        }
    }
}
