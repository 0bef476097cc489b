package org.assistantservice.knowledge;

/// A file may not be kept. The message says which bound or rule it breaks; it is safe to show.
public final class FileRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FileRefusedException(String message) {
        super(message);
    }
}
