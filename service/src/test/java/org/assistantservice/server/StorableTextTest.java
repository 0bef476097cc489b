package org.assistantservice.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Hello", "a\tb\r\n", "é", "\uD83D\uDE00"})
    void charactersCanBeKept(String text) {
        assertThat(StorableText.is(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\uD83D", "a\uDE00", "\uDE00\uD83D"})
    void whatIsNoCharacterCannot(String text) {
        assertThat(StorableText.is(text)).isFalse();
    }
}
