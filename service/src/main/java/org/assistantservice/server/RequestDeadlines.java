package org.assistantservice.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes a connection whose request takes too long to arrive, head or body, and one on which
/// nothing is asked for too long. The framework's own timeouts begin anew with every byte, so that
/// one byte a second keeps a connection forever, and they cost a promise for each write.
///
/// Bytes are seen before the codec, requests and responses after it. A request that comes in one
/// piece costs no timer; the wait for the next one has a timer for as long as the connection lives.
/// Once the connection has become a WebSocket, both handlers leave it. Only the connection's event
/// loop comes here.
final class RequestDeadlines {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDeadlines.class);

    private final ChannelPipeline pipeline;
    private final ConnectionLimits limits;
    private final Bytes bytes = new Bytes();
    private final Requests requests = new Requests();
    private Stage stage = Stage.HEAD;
    private long since = System.nanoTime();
    private int unanswered;
    private @Nullable Future<?> timer;
    private @Nullable Future<?> idleTimer;

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
        checkIdleAfter(limits.idleTime().toNanos());
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

    private void checkIdleAfter(long nanos) {
        idleTimer = channel().eventLoop().schedule(this::closeIfIdle, nanos, TimeUnit.NANOSECONDS);
    }

    private void closeIfIdle() {
        boolean isIdle = stage == Stage.BETWEEN && unanswered == 0;
        long most = limits.idleTime().toNanos();
        long left = isIdle ? most - (System.nanoTime() - since) : most;
        if (!isHttp()) {
            leave();
        } else if (left > 0) {
            checkIdleAfter(left);
        } else {
            LOG.debug("{} asked nothing for {} ns", channel(), most);
            var _ = channel().close();
        }
    }

    private void stopAll() {
        stopTimer();
        if (idleTimer != null) {
            idleTimer.cancel(false);
        }
    }

    private void leave() {
        stopAll();
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
            stopAll();
            super.channelInactive(context);
        }
    }

    private final class Requests extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof HttpRequest) {
                unanswered++;
                enter(Stage.BODY);
            }
            if (message instanceof LastHttpContent) {
                enter(Stage.BETWEEN);
            }
            super.channelRead(context, message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
                throws Exception {
            if (message instanceof LastHttpContent && !isInterim(message)) {
                unanswered--;
                if (stage == Stage.BETWEEN) {
                    since = System.nanoTime();
                }
            }
            super.write(context, message, promise);
        }

        /// Whether a response to the same request follows, e.g. after `100 Continue`.
        private static boolean isInterim(Object message) {
            return message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
    }
}
