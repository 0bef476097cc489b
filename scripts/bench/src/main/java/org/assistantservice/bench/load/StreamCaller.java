package org.assistantservice.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import org.assistantservice.bench.chat.Chat;
import org.jspecify.annotations.Nullable;

/// Asks over HTTP and reads the answer as an event stream.
final class StreamCaller implements Caller {
    private final Target target;
    private final Bootstrap bootstrap;
    private final Tally tally;
    private final ReplyReader reader;
    private final boolean reads;
    private @Nullable Channel connection;
    private @Nullable Runnable ended;
    private Consumer<String> began = _ -> {};
    private boolean isRefused;

    /// @param reads whether answers are read at all
    StreamCaller(Target target, Bootstrap bootstrap, Tally tally, boolean reads) {
        this.target = target;
        this.bootstrap = bootstrap;
        this.tally = tally;
        this.reads = reads;
        reader = new ReplyReader(tally);
    }

    /// Tells the run's id as soon as the server names it, for every chat.
    StreamCaller whenRunning(Consumer<String> run) {
        began = run;
        return this;
    }

    @Override
    public void ask(Chat chat, Runnable whenEnded) {
        ended = whenEnded;
        reader.begin(chat);
        Channel open = connection;
        if (open != null && open.isActive()) {
            send(open, chat);
            return;
        }
        ChannelFuture connecting = bootstrap.connect("127.0.0.1", target.port());
        connecting.addListener(
                (ChannelFutureListener)
                        done -> {
                            if (done.isSuccess()) {
                                connected(done.channel(), chat);
                            } else {
                                tally.problem("no connection: " + done.cause(), 1);
                                end();
                            }
                        });
    }

    @Override
    public void close() {
        ended = null;
        Channel open = connection;
        if (open != null) {
            var _ = open.close();
        }
    }

    private void connected(Channel channel, Chat chat) {
        connection = channel;
        channel.pipeline().addLast(new HttpResponseDecoder()).addLast(new Answers());
        channel.config().setAutoRead(reads);
        send(channel, chat);
    }

    private void send(Channel channel, Chat chat) {
        byte[] request = target.request(chat);
        chat.asked(System.nanoTime());
        var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(request), channel.voidPromise());
    }

    private void end() {
        Runnable current = ended;
        ended = null;
        if (current != null) {
            current.run();
        }
    }

    private final class Answers extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext channel, HttpObject part) {
            if (part instanceof HttpResponse response) {
                isRefused = !HttpResponseStatus.OK.equals(response.status());
                String run = response.headers().get("X-Run-Id");
                if (run != null) {
                    began.accept(run);
                }
            }
            if (part instanceof HttpContent content) {
                if (isRefused) {
                    tally.problem("refused: " + content.content().toString(UTF_8), 1);
                } else if (content.content().isReadable()) {
                    reader.stream(content.content(), System.nanoTime());
                }
            }
            if (part instanceof LastHttpContent) {
                end();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext channel) {
            connection = null;
            end();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
            tally.problem("the connection broke: " + cause, 1);
            var _ = channel.close();
        }
    }
}
