package org.assistantservice.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ActionExceptionTest {
    @Test
    void carriesTheWordsForTheModelAndTheCauseForTheLog() {
        var cause = new IOException("connection reset");

        var refusal = new ActionException("the order book is closed until 9:00", cause);

        assertThat(refusal).hasMessage("the order book is closed until 9:00").hasCause(cause);
        assertThat(new ActionException("no such order")).hasMessage("no such order").hasNoCause();
    }

    @Test
    @SuppressWarnings("NullAway") // callers of this module are not checked by our build
    void aRefusalWithoutWordsIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new ActionException(null))
                .withMessage("message");
    }
}
