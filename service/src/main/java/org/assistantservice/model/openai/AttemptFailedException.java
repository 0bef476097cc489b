package org.assistantservice.model.openai;

import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelException.Fault;
import org.jspecify.annotations.Nullable;

/// One attempt brought no turn. Carries what the caller would be told, and whether another attempt
/// may bring one.
final class AttemptFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final ModelException failure;
    private final boolean worthRetrying;
    private final String words;

    private AttemptFailedException(ModelException failure, boolean worthRetrying, String words) {
        super(failure.getMessage(), failure);
        this.failure = failure;
        this.worthRetrying = worthRetrying;
        this.words = words;
    }

    /// A failure that a retry cannot mend.
    static AttemptFailedException last(Fault fault, String message) {
        return last(fault, message, null);
    }

    static AttemptFailedException last(Fault fault, String message, @Nullable Throwable cause) {
        return new AttemptFailedException(
                new ModelException(fault, message, null, cause), false, "");
    }

    /// A failure that may pass.
    static AttemptFailedException passing(Fault fault, String message, @Nullable Throwable cause) {
        return new AttemptFailedException(
                new ModelException(fault, message, null, cause), true, "");
    }

    static AttemptFailedException of(ModelException failure, boolean worthRetrying) {
        return new AttemptFailedException(failure, worthRetrying, "");
    }

    /// The same failure after pieces of the answer were shown: too late for a retry.
    AttemptFailedException tooLate() {
        return worthRetrying ? new AttemptFailedException(failure, false, words) : this;
    }

    /// The same failure with what the provider said of it.
    AttemptFailedException saying(String text) {
        return new AttemptFailedException(failure, worthRetrying, text);
    }

    ModelException failure() {
        return failure;
    }

    /// The provider's words, perhaps shortened, or empty. They may quote the prompt or the answer.
    String words() {
        return words;
    }

    boolean worthRetrying() {
        return worthRetrying;
    }
}
