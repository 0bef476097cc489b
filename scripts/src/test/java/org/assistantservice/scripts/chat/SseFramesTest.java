package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assistantservice.scripts.chat.SseFrames.SseFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseFramesTest {
    private static final List<SseFrame> TWO =
            List.of(new SseFrame("1", "a", "é🌊"), new SseFrame("", "", "second"));

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesMayEndInAnyOfTheThreeWays(String end) {
        assertThat(read(100, twoFrames(end))).isEqualTo(TWO);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void bytesMayArriveInAnyPieces(int size) {
        assertThat(read(size, twoFrames("\r\n"))).isEqualTo(TWO);
    }

    @Test
    void severalLinesOfDataAreOneText() {
        assertThat(read(100, "data: a\ndata\ndata:b\n\n"))
                .containsExactly(new SseFrame("", "", "a\n\nb"));
    }

    @Test
    void aHeartbeatAndAFrameCutOffAreNoFrames() {
        assertThat(read(100, ": keepalive\n\nid: 9\nevent: e\n\ndata: cut")).isEmpty();
    }

    private static String twoFrames(String end) {
        return String.join(
                end,
                ": hello",
                "id: 1",
                "event: a",
                "data: é🌊",
                "retry: 5000",
                "",
                ": keepalive",
                "",
                "data:second",
                "",
                "");
    }

    private static List<SseFrame> read(int size, String text) {
        var frames = new SseFrames();
        List<SseFrame> all = new ArrayList<>();
        byte[] bytes = text.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(at + size, bytes.length));
            all.addAll(frames.feed(piece));
        }
        return all;
    }
}
