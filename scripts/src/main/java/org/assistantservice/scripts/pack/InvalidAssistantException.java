package org.assistantservice.scripts.pack;

/// A pack's own `assistant.json` cannot be read, so its settings are unknown.
final class InvalidAssistantException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidAssistantException(String message) {
        super(message);
    }
}
