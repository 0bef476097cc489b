package org.assistantservice.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes a connection whose request takes too long to arrive, head or body. The framework's own
/// timeouts begin anew with every byte, so that one byte a second keeps a connection forever.
///
/// Bytes are seen before the codec, requests after it. A request that comes in one piece costs no
/// timer, and while a response is streamed nothing here is called. Once the connection has become a
/// WebSocket, both handlers leave it. Only the connection's event loop comes here.
final class RequestDeadlines {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDeadlines.class);

    private final ChannelPipeline pipeline;
    private final ConnectionLimits limits;
    private final Bytes bytes = new Bytes();
    private final Requests requests = new Requests();
    private Stage stage = Stage.HEAD;
    private long since = System.nanoTime();
    private @Nullable Future<?> timer;

    private enum Stage {
        BETWEEN,
        HEAD,
        BODY
    }

    RequestDeadlines(ChannelPipeline pipeline, ConnectionLimits limits) {
        this.pipeline = pipeline;
        this.limits = limits;
    }

    /// A new connection has as long for its first request's head as any request has.
    void install() {
        pipeline.addBefore(ConnectionRules.CODEC, "request-bytes", bytes);
        pipeline.addAfter(ConnectionRules.CODEC, "request-deadlines", requests);
        startTimer();
    }

    private void enter(Stage next) {
        stage = next;
        since = System.nanoTime();
        stopTimer();
    }

    private void startTimer() {
        if (timer == null && stage != Stage.BETWEEN) {
            long left = most() - (System.nanoTime() - since);
            timer = channel().eventLoop().schedule(this::expire, left, TimeUnit.NANOSECONDS);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expire() {
        if (isHttp()) {
            LOG.debug("{} took more than {} ns for a request's {}", channel(), most(), stage);
            // Whether it closes cleanly changes nothing: nobody reads this connection any more.
            var _ = channel().close();
        } else {
            leave();
        }
    }

    private void leave() {
        stopTimer();
        pipeline.remove(bytes);
        pipeline.remove(requests);
    }

    private long most() {
        return (stage == Stage.BODY ? limits.bodyTime() : limits.headTime()).toNanos();
    }

    private boolean isHttp() {
        return pipeline.get(ConnectionRules.CODEC) != null;
    }

    private Channel channel() {
        return pipeline.channel();
    }

    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object read) throws Exception {
            if (stage == Stage.BETWEEN) {
                if (isHttp()) {
                    enter(Stage.HEAD);
                } else {
                    leave();
                }
            }
            super.channelRead(context, read);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            startTimer();
            super.channelReadComplete(context);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            stopTimer();
            super.channelInactive(context);
        }
    }

    private final class Requests extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof HttpRequest) {
                enter(Stage.BODY);
            }
            if (message instanceof LastHttpContent) {
                enter(Stage.BETWEEN);
            }
            super.channelRead(context, message);
        }
    }
}
