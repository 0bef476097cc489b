package org.assistantservice.protocol.jellychat;

/// What a client of Socket.IO is told: an event with one field.
///
/// @param event the event's name
/// @param field the name of the field
/// @param value its text
record JellyFrame(String event, String field, String value) {
    private static final String FINAL_MESSAGE = "final_message";
    private static final String ERROR = "error";

    /// An action is about to run.
    ///
    /// @param sentence for the user
    static JellyFrame toolStart(String sentence) {
        return new JellyFrame("tool_start", "tool_name", sentence);
    }

    static JellyFrame token(String text) {
        return new JellyFrame("final_answer_token", "token", text);
    }

    /// The whole answer: a turn's last frame.
    static JellyFrame finalMessage(String text) {
        return new JellyFrame(FINAL_MESSAGE, "message", text);
    }

    /// The message was refused: there is no turn.
    static JellyFrame error(String message) {
        return new JellyFrame(ERROR, ERROR, message);
    }

    /// Whether nothing follows it until the next message is answered.
    boolean isLast() {
        return event.equals(FINAL_MESSAGE) || event.equals(ERROR);
    }
}
