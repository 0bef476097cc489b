package org.assistantservice.protocol.jellychat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.protocol.jellychat.FrameParts.RefusedException;
import org.assistantservice.protocol.jellychat.engineio.EngineLimits;
import org.junit.jupiter.api.Test;

class FramePartsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Runnable> alarms = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final FrameParts parts =
            new FrameParts(
                    (delay, task) -> {
                        assertThat(delay).isEqualTo(PATIENCE);
                        alarms.add(task);
                        return () -> alarms.remove(task);
                    },
                    PATIENCE,
                    () -> told.add("late"));

    @Test
    void aTextInOneFrameIsReadAtOnceAndNothingIsHeld() throws Exception {
        assertThat(parts.add(new TextWebSocketFrame("2probe"))).isEqualTo("2probe");

        assertThat(parts.isHolding()).isFalse();
        assertThat(alarms).isEmpty();
    }

    @Test
    void aTextInPartsIsHeldUntilItIsWhole() throws Exception {
        byte[] utf8 = "🪼".getBytes(StandardCharsets.UTF_8);

        assertThat(parts.add(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(utf8, 0, 2))))
                .isNull();
        assertThat(parts.isHolding()).isTrue();
        assertThat(
                        parts.add(
                                new ContinuationWebSocketFrame(
                                        true, 0, Unpooled.wrappedBuffer(utf8, 2, 2))))
                .isEqualTo("🪼");

        assertThat(parts.isHolding()).isFalse();
        assertThat(alarms).isEmpty();
        assertThat(parts.add(new TextWebSocketFrame("next"))).isEqualTo("next");
    }

    @Test
    void aTextThatIsNeverFinishedIsLate() throws Exception {
        parts.add(new TextWebSocketFrame(false, 0, "a"));
        parts.add(new ContinuationWebSocketFrame(false, 0, "b"));
        assertThat(alarms).hasSize(1);

        alarms.getFirst().run();

        assertThat(told).containsExactly("late");
    }

    @Test
    void aSocketThatIsGoneHoldsNothing() throws Exception {
        parts.add(new TextWebSocketFrame(false, 0, "a"));

        parts.close();

        assertThat(parts.isHolding()).isFalse();
        assertThat(alarms).isEmpty();
    }

    @Test
    void whatIsTooLargeInPartsIsRefused() throws Exception {
        parts.add(new TextWebSocketFrame(false, 0, "x".repeat(EngineLimits.MAX_PAYLOAD)));

        assertThatThrownBy(() -> parts.add(new ContinuationWebSocketFrame(true, 0, "x")))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(1009))
                .hasMessage("Message is too large");
    }

    @Test
    void binaryDataIsRefused() {
        assertThatThrownBy(() -> parts.add(new BinaryWebSocketFrame()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(1003))
                .hasMessage("Only text is supported");
    }
}
