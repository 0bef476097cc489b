package org.assistantservice.protocol.jellychat;

/// What a client of Socket.IO is told: an event with one field.
///
/// @param event the event's name
/// @param field the name of the field
/// @param value its text
record JellyFrame(String event, String field, String value) {
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
        return new JellyFrame("final_message", "message", text);
    }

    /// The message was refused: there is no turn.
    static JellyFrame error(String message) {
        return new JellyFrame("error", "error", message);
    }
}
