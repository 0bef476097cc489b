package org.assistantservice.thread;

/// A list was asked to go on from an id that never stood in it.
public final class UnknownCursorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnknownCursorException(String id) {
        super("No item of this list has the id '%s'".formatted(id));
    }
}
