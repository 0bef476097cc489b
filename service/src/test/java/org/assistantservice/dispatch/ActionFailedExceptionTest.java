package org.assistantservice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import org.assistantservice.actions.ActionException;
import org.junit.jupiter.api.Test;

class ActionFailedExceptionTest {
    @Test
    void aRefusalIsShownInItsOwnWords() {
        assertThat(ActionFailedException.from(new ActionException("no such order")))
                .hasMessage("no such order")
                .hasNoCause();
    }

    @Test
    void anythingElseIsShownByItsClassAndLoggedWithItsMessage() {
        ActionFailedException failure =
                ActionFailedException.from(
                        new IllegalStateException("password is 1234", new IOException("reset")));

        assertThat(failure).hasMessage("IllegalStateException");
        Throwable cause = Objects.requireNonNull(failure.getCause());
        assertThat(cause)
                .hasMessage("java.lang.IllegalStateException: password is 1234")
                .isNotInstanceOf(IllegalStateException.class);
        assertThat(cause.getCause()).hasMessage("java.io.IOException: reset");
        assertThat(cause.getStackTrace()).isNotEmpty();
    }

    @Test
    void anAnonymousClassHasANameToo() {
        assertThat(ActionFailedException.from(new IllegalStateException() {}))
                .hasMessage("ActionFailedExceptionTest$1");
    }

    @Test
    void longMessagesAreCut() {
        assertThat(ActionFailedException.from(new ActionException("x".repeat(5_000))))
                .hasMessage("x".repeat(1_999) + "…");
        assertThat(
                        Objects.requireNonNull(
                                        ActionFailedException.from(
                                                        new IllegalStateException(
                                                                "x".repeat(5_000)))
                                                .getCause())
                                .getMessage())
                .hasSizeLessThan(2_100);
    }

    private static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even this");
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it only throws
        public Throwable getCause() {
            throw new StackOverflowError();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError();
        }
    }

    @Test
    void anExceptionThatThrowsWhenReadIsSurvived() {
        ActionFailedException failure = ActionFailedException.from(new HostileException());

        assertThat(failure).hasMessage("HostileException");
        Throwable cause = Objects.requireNonNull(failure.getCause());
        assertThat(cause)
                .hasMessage(HostileException.class.getName() + ": (its message cannot be read)");
        assertThat(cause.getStackTrace()).isEmpty();
    }
}
