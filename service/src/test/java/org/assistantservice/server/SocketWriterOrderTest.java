package org.assistantservice.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A connection whose event loop is a thread of its own.
class SocketWriterOrderTest {
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(2, LocalIoHandler.newFactory());
    private final Received received = new Received();
    private Channel channel;

    @BeforeEach
    void connect() throws Exception {
        LocalAddress address = new LocalAddress(SocketWriterOrderTest.class);
        new ServerBootstrap()
                .group(loops)
                .channel(LocalServerChannel.class)
                .childHandler(received)
                .bind(address)
                .sync();
        channel =
                new Bootstrap()
                        .group(loops)
                        .channel(LocalChannel.class)
                        .handler(new ChannelInboundHandlerAdapter())
                        .connect(address)
                        .sync()
                        .channel();
    }

    @AfterEach
    void stop() {
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void whatAnotherThreadSentFirstIsNotOvertakenByTheEventLoop() throws Exception {
        var writer = new SocketWriter(channel, 1_000);

        channel.eventLoop()
                .submit(() -> {
                    Thread other = Thread.ofPlatform().start(() -> writer.send(line("a")));
                    other.join();
                    assertThat(writer.send(line("b"))).isTrue();
                    writer.sendAnyway("c".getBytes(US_ASCII));
                    return null;
                })
                .sync();

        assertThat(received.next()).isEqualTo("a");
        assertThat(received.next()).isEqualTo("b");
        assertThat(received.next()).isEqualTo("c");
    }

    @Test
    void manyThreadsKeepEachItsOrder() throws Exception {
        var writer = new SocketWriter(channel, 1_000_000);
        Thread other =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < 1_000; i++) {
                                writer.send(line("o" + i));
                            }
                        });
        channel.eventLoop()
                .submit(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        writer.send(line("e" + i));
                    }
                })
                .sync();
        other.join();

        int ofOther = 0;
        int ofLoop = 0;
        for (int i = 0; i < 2_000; i++) {
            String text = received.next();
            String expected = text.startsWith("o") ? "o" + ofOther++ : "e" + ofLoop++;
            assertThat(text).isEqualTo(expected);
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(US_ASCII);
    }

    @Sharable
    private static final class Received extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            TextWebSocketFrame frame = (TextWebSocketFrame) message;
            texts.add(frame.text());
            frame.release();
        }

        String next() throws InterruptedException {
            String text = texts.poll(30, TimeUnit.SECONDS);
            assertThat(text).isNotNull();
            return text;
        }
    }
}
