package org.assistantservice.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
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

/// Asks over HTTP and reads the answer as an event stream.
final class StreamCaller implements Caller {
    private final Target target;
    private final Tally tally;
    private final ReplyReader reader;
    private final KeptConnection connection;
    private final boolean reads;
    private Consumer<String> began = _ -> {};
    private boolean isRefused;

    /// @param reads whether answers are read at all
    StreamCaller(Target target, Bootstrap bootstrap, Tally tally, boolean reads) {
        this.target = target;
        this.tally = tally;
        this.reads = reads;
        reader = new ReplyReader(tally);
        connection = new KeptConnection(target, bootstrap, tally);
    }

    /// Tells the run's id as soon as the server names it, for every chat.
    StreamCaller whenRunning(Consumer<String> run) {
        began = run;
        return this;
    }

    @Override
    public void ask(Chat chat, Runnable whenEnded) {
        reader.begin(chat);
        connection.begin(
                whenEnded, channel -> send(channel, chat), channel -> connected(channel, chat));
    }

    @Override
    public void close() {
        connection.close();
    }

    private void connected(Channel channel, Chat chat) {
        channel.pipeline().addLast(new HttpResponseDecoder()).addLast(new Answers());
        channel.config().setAutoRead(reads);
        send(channel, chat);
    }

    private void send(Channel channel, Chat chat) {
        byte[] request = target.request(chat);
        chat.asked(System.nanoTime());
        var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(request), channel.voidPromise());
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
                connection.end();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext channel) {
            connection.lost();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
            tally.problem("the connection broke: " + cause, 1);
            var _ = channel.close();
        }
    }
}
