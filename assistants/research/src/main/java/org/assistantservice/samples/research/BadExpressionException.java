package org.assistantservice.samples.research;

/// An expression that has no value. The message is for the model and has no full stop.
final class BadExpressionException extends Exception {
    private static final long serialVersionUID = 1;

    BadExpressionException(String message) {
        super(message);
    }
}
