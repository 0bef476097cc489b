package org.assistantservice.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AsciiBufferTest {
    /// Characters at the edges of what is escaped, and pieces of surrogate pairs, also alone.
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "Z",
                    " ",
                    "~",
                    "\u007f",
                    "\u0000",
                    "\u001f",
                    "\n",
                    "\r",
                    "\t",
                    "\"",
                    "\\",
                    "/",
                    "\u0080",
                    "\u0085",
                    "\u00e9",
                    "\u2028",
                    "\u2029",
                    "\ud83c",
                    "\udf0a",
                    "\ud83c\udf0a",
                    "\uffff",
                    "plain text of some length, as most pieces are");

    private static final int TEXTS = 20_000;

    @Test
    void anyTextIsEscapedAsCharacterByCharacterAndIsReadBackAsItWas() {
        Random random = new Random(7);
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);

            String escaped = ascii(new AsciiBuffer(random.nextInt(40)).text(text));

            assertThat(escaped).isEqualTo(strictly(text)).hasSize(AsciiBuffer.lengthOf(text));
            assertThat(JsonMapper.shared().readTree('"' + escaped + '"').stringValue())
                    .isEqualTo(text);
        }
    }

    @Test
    void aTextWithoutAnythingToEscapeStaysAsItIs() {
        assertThat(ascii(new AsciiBuffer(0).text("Sunny, 21 C."))).isEqualTo("Sunny, 21 C.");
    }

    @Test
    void jsonKeepsItsOwnEscapes() {
        assertThat(ascii(new AsciiBuffer(0).json("{\"a\":\"\\n\u00e9\ud83c\udf0a\"}")))
                .isEqualTo("{\"a\":\"\\n\\u00e9\\ud83c\\udf0a\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 99, 100, 123_456_789, Integer.MAX_VALUE})
    void aNumberIsWrittenInDecimal(int number) {
        assertThat(ascii(new AsciiBuffer(0).raw("-").number(number))).isEqualTo("-" + number);
        assertThat(AsciiBuffer.lengthOf(number)).isEqualTo(Integer.toString(number).length());
    }

    @Test
    void aBufferOfTheRightSizeIsNotCopied() {
        AsciiBuffer exact = new AsciiBuffer(8).raw("id: ").number(12).text("ab");

        assertThat(exact.toBytes()).isSameAs(exact.toBytes());
    }

    private static String ascii(AsciiBuffer buffer) {
        return new String(buffer.toBytes(), US_ASCII);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.append((char) random.nextInt(Character.MAX_VALUE + 1)).toString();
    }

    /// The rule, without any concern for speed.
    private static String strictly(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(
                    switch (c) {
                        case '"' -> "\\\"";
                        case '\\' -> "\\\\";
                        case '\n' -> "\\n";
                        default ->
                                c < 0x20 || c > 0x7e
                                        ? "\\u%04x".formatted((int) c)
                                        : String.valueOf(c);
                    });
        }
        return escaped.toString();
    }
}
