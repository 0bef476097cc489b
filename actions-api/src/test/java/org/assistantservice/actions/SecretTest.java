package org.assistantservice.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class SecretTest {
    private static final Secret SECRET = Secret.of("sk-1234");

    @Test
    void onlyRevealGivesTheTextAway() {
        assertThat(SECRET.reveal()).isEqualTo("sk-1234");
        assertThat(SECRET).hasToString("***");
        assertThat("key is %s".formatted(SECRET)).isEqualTo("key is ***");
    }

    @Test
    void secretsOfTheSameTextAreEqual() {
        assertThat(SECRET).isEqualTo(Secret.of("sk-1234")).hasSameHashCodeAs(Secret.of("sk-1234"));
        assertThat(SECRET).isNotEqualTo(Secret.of("sk-12345")).isNotEqualTo("sk-1234");
    }

    @Test
    void theHashDoesNotDependOnTheText() {
        assertThat(SECRET).hasSameHashCodeAs(Secret.of("another"));
    }

    @Test
    @SuppressWarnings("NullAway") // callers of this module are not checked by our build
    void aSecretOfNothingIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> Secret.of(null)).withMessage("value");
    }
}
