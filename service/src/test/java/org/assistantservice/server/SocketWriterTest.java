package org.assistantservice.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketWriterTest {
    private final Flushes flushes = new Flushes();
    private final EmbeddedChannel channel = new EmbeddedChannel(flushes);
    private final SocketWriter writer = new SocketWriter(channel, 10);

    @Test
    void theMessagesOfOneCallAreFlushedTogether() {
        assertThat(writer.send(lines("a\nbc\nd\n"))).isTrue();

        assertThat(sent()).containsExactly("a", "bc", "d");
        assertThat(flushes.count).isEqualTo(1);
    }

    @Test
    void nothingIsSentForNoMessages() {
        assertThat(writer.send(lines(""))).isTrue();

        assertThat(sent()).isEmpty();
        assertThat(flushes.count).isZero();
    }

    @Test
    void whatWaitsIsBoundedButOneCallAlwaysFits() {
        flushes.isHeld = true;

        assertThat(writer.send(lines("0123456789abcdef\n"))).isTrue();
        assertThat(writer.send(lines("x\n"))).isFalse();
        writer.sendAnyway(lines("error"));
        flushes.release(channel);

        assertThat(writer.send(lines("y\n"))).isTrue();
        assertThat(sent()).containsExactly("0123456789abcdef", "error", "y");
    }

    @Test
    void theFirstCloseIsTheLastThingSent() {
        writer.sendAnyway(lines("error"));
        writer.close(1012, "Restart");
        writer.close(1000, "Again");
        writer.sendAnyway(lines("late"));
        assertThat(writer.send(lines("late\n"))).isTrue();
        writer.ping();

        assertThat(sent()).containsExactly("error", "1012 Restart");
        assertThat(channel.isOpen()).isFalse();
    }

    private List<String> sent() {
        channel.runPendingTasks();
        List<String> sent = new ArrayList<>();
        for (Object it = channel.readOutbound(); it != null; it = channel.readOutbound()) {
            sent.add(
                    switch (it) {
                        case TextWebSocketFrame text -> text.text();
                        case CloseWebSocketFrame close ->
                                close.statusCode() + " " + close.reasonText();
                        default -> it.toString();
                    });
        }
        return sent;
    }

    private static byte[] lines(String text) {
        return text.getBytes(US_ASCII);
    }

    /// Counts flushes, or holds them back as a client does that reads nothing.
    private static final class Flushes extends ChannelOutboundHandlerAdapter {
        int count;
        boolean isHeld;

        @Override
        public void flush(ChannelHandlerContext context) {
            count++;
            if (!isHeld) {
                context.flush();
            }
        }

        void release(EmbeddedChannel channel) {
            channel.runPendingTasks();
            isHeld = false;
            channel.flush();
        }
    }
}
