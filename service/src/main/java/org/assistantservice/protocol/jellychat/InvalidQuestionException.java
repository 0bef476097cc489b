package org.assistantservice.protocol.jellychat;

/// A message that cannot be a turn. The text is for the caller.
final class InvalidQuestionException extends Exception {
    private static final long serialVersionUID = 1;

    private final String text;

    InvalidQuestionException(String text) {
        super(text);
        this.text = text;
    }

    String text() {
        return text;
    }
}
