package org.assistantservice.bench.floor;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Keep-alive connections to the model. Used on the one event loop only.
final class ModelPool {
    private final Bootstrap bootstrap;
    private final Deque<Channel> idle = new ArrayDeque<>();

    /// Gets the events of one answer.
    interface Answer {
        /// One `data:` line without the name: `bytes[from, to)`, valid during the call.
        void data(byte[] bytes, int from, int to);

        /// No more data is at hand for now.
        void pause();

        void end();
    }

    ModelPool(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    void ask(String body, Answer answer) {
        Channel free = idle.poll();
        if (free != null && free.isActive()) {
            send(free, body, answer);
            return;
        }
        bootstrap
                .connect()
                .addListener(
                        (ChannelFutureListener)
                                connecting -> {
                                    Channel channel = connecting.channel();
                                    channel.pipeline()
                                            .addLast(new HttpResponseDecoder())
                                            .addLast(new Answers());
                                    send(channel, body, answer);
                                });
    }

    private static void send(Channel channel, String body, Answer answer) {
        channel.pipeline().get(Answers.class).answer = answer;
        ByteBuf request = channel.alloc().ioBuffer(body.length() + 256);
        ByteBufUtil.writeAscii(
                request,
                """
                POST /v1/chat/completions HTTP/1.1\r
                Host: 127.0.0.1\r
                Content-Type: application/json\r
                """);
        ByteBufUtil.writeAscii(request, "Content-Length: " + body.length() + "\r\n\r\n");
        ByteBufUtil.writeAscii(request, body);
        var _ = channel.writeAndFlush(request, channel.voidPromise());
    }

    private final class Answers extends SimpleChannelInboundHandler<HttpObject> {
        private static final int DATA = "data: ".length();

        private final ByteBuf pending = Unpooled.buffer(4096);
        private @Nullable Answer answer;

        @Override
        protected void channelRead0(ChannelHandlerContext model, HttpObject part) {
            Answer current = answer;
            if (current == null || !(part instanceof HttpContent content)) {
                return;
            }
            pending.writeBytes(content.content());
            int end = pending.indexOf(pending.readerIndex(), pending.writerIndex(), (byte) '\n');
            while (end >= 0) {
                int start = pending.readerIndex();
                if (end > start) {
                    current.data(pending.array(), start + DATA, end);
                }
                pending.readerIndex(end + 1);
                end = pending.indexOf(end + 1, pending.writerIndex(), (byte) '\n');
            }
            pending.discardReadBytes();
            if (part instanceof LastHttpContent) {
                idle.push(model.channel());
                answer = null;
                current.end();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext model) {
            Answer current = answer;
            if (current != null) {
                current.pause();
            }
        }
    }
}
