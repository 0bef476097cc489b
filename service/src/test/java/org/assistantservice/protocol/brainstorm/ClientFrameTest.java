package org.assistantservice.protocol.brainstorm;

import static org.assertj.core.api.Assertions.assertThat;

import org.assistantservice.protocol.brainstorm.ClientFrame.Asked;
import org.assistantservice.protocol.brainstorm.ClientFrame.Unusable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientFrameTest {
    private static final int LONGEST = 5;

    @Test
    void aMessageIsReadAsItIsAndOtherFieldsAreIgnored() {
        String frame = "{\"message\":\" a\\n🐱\",\"chatId\":\" 1 \",\"other\":{\"x\":[]}}";

        assertThat(ClientFrame.read(frame, LONGEST)).isEqualTo(new Asked(" 1 ", " a\n🐱"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{|~~|Invalid message",
                "null|~~|Invalid message",
                "{\"message\":\"a\",\"message\":\"b\",\"chatId\":\"c\"}|~~|Invalid message",
                "{\"chatId\":\"c\"}|c|Missing message or chatId",
                "{\"chatId\":\"c\",\"message\":null}|c|Missing message or chatId",
                "{\"message\":\"a\",\"chatId\":[]}|~~|Missing message or chatId",
                "{\"message\":\"123456\",\"chatId\":\"c\"}|c|Message too long",
                "{\"message\":\"a\\u0000\",\"chatId\":\"c\"}|c|Invalid message",
                "{\"message\":\"a\\ud83d\",\"chatId\":\"c\"}|c|Invalid message",
            })
    void whatCannotBeAnsweredSaysWhy(String frame, String chatId, String error) {
        assertThat(ClientFrame.read(frame, LONGEST)).isEqualTo(new Unusable(chatId, error));
    }

    @Test
    void aMessageOfTheLongestLengthInCodePointsIsTaken() {
        String message = "🐱".repeat(LONGEST);

        assertThat(
                        ClientFrame.read(
                                "{\"message\":\"%s\",\"chatId\":\"c\"}".formatted(message),
                                LONGEST))
                .isEqualTo(new Asked("c", message));
    }

    @Test
    void aChatIdThatEveryFrameWouldRepeatHasALimit() {
        String chatId = "c".repeat(ClientFrame.LONGEST_CHAT_ID);
        String frame = "{\"message\":\"a\",\"chatId\":\"%s\"}";

        assertThat(ClientFrame.read(frame.formatted(chatId), LONGEST))
                .isEqualTo(new Asked(chatId, "a"));
        assertThat(ClientFrame.read(frame.formatted(chatId + "c"), LONGEST))
                .isEqualTo(new Unusable("", "chatId too long"));
    }
}
