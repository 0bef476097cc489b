package org.assistantservice.dispatch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        assertThat(failure.getCause())
                .hasMessage("java.lang.IllegalStateException: password is 1234")
                .isNotInstanceOf(IllegalStateException.class);
        assertThat(causeOf(failure).getCause()).hasMessage("java.io.IOException: reset");
        assertThat(causeOf(failure).getStackTrace()).isNotEmpty();
    }

    @Test
    void anAnonymousClassHasANameToo() {
        assertThat(ActionFailedException.from(new IllegalStateException() {}))
                .hasMessage("ActionFailedExceptionTest$1");
    }

    @Test
    void longMessagesAreCut() {
        ActionFailedException refused =
                ActionFailedException.from(new ActionException("x".repeat(5_000)));
        ActionFailedException broken =
                ActionFailedException.from(new IllegalStateException("x".repeat(5_000)));

        assertThat(refused).hasMessage("x".repeat(1_999) + "…");
        assertThat(causeOf(broken).getMessage()).hasSizeLessThan(2_100);
    }

    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // hostile, not correct
    private static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even this");
        }

        @Override
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
        assertThat(failure.getCause())
                .hasMessage(HostileException.class.getName() + ": (its message cannot be read)");
        assertThat(causeOf(failure).getStackTrace()).isEmpty();
    }

    private static Throwable causeOf(ActionFailedException failure) {
        return requireNonNull(failure.getCause());
    }
}
