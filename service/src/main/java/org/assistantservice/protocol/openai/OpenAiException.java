package org.assistantservice.protocol.openai;

/// Ends a request with an error of the Assistants API.
final class OpenAiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient OpenAiError error;

    OpenAiException(OpenAiError error) {
        super(error.message());
        this.error = error;
    }

    OpenAiError error() {
        return error;
    }
}
