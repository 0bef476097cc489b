package org.assistantservice.model.openai.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to a server, the last handler of its channel: one exchange at a time, and between
/// two of them in the pool. All fields belong to the event loop; [#exchange], [#abort] and [#close]
/// may be called from any thread.
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long REST_MILLIS = 1_000;

    /// The exchange under way.
    ///
    /// @param over true once the reader has heard all, false if it has heard nothing because the
    ///   connection had been closed while it waited
    private record Running(ResponseReader reader, CompletableFuture<Boolean> over) {}

    private final Channel channel;
    private final ConnectionPool pool;
    private final byte[] scratch;
    private final boolean isForwarded;
    private @Nullable Running running;
    private boolean isUsed;
    private boolean isReused;
    private boolean isAnswered;
    private boolean isInformational;
    private boolean isKeptAlive;

    /// @param scratch shared by the connections of one event loop, for bytes on their way
    /// @param isForwarded whether a proxy takes the requests and wants whole URLs
    Connection(Channel channel, ConnectionPool pool, byte[] scratch, boolean isForwarded) {
        this.channel = channel;
        this.pool = pool;
        this.scratch = scratch;
        this.isForwarded = isForwarded;
    }

    boolean isForwarded() {
        return isForwarded;
    }

    /// Sends a request.
    ///
    /// @return true once the reader has heard all, false if it has heard nothing because the
    ///   connection had been closed while it waited
    CompletableFuture<Boolean> exchange(FullHttpRequest request, ResponseReader reader) {
        Running next = new Running(reader, new CompletableFuture<>());
        channel.eventLoop().execute(() -> begin(request, next));
        return next.over;
    }

    void close() {
        var _ = channel.close();
    }

    /// Closes the connection if the exchange of this reader is still under way.
    void abort(ResponseReader reader) {
        if (channel.isOpen()) {
            channel.eventLoop()
                    .execute(() -> {
                        if (running != null && running.reader.equals(reader)) {
                            close();
                        }
                    });
        }
    }

    private void begin(FullHttpRequest request, Running next) {
        running = next;
        isReused = isUsed;
        isUsed = true;
        isAnswered = false;
        isInformational = false;
        var _ =
                channel.writeAndFlush(request)
                        .addListener(sent -> {
                            if (!sent.isSuccess()) {
                                broken(sent.cause());
                            }
                        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (running == null) {
                // A server that speaks unasked, such as with a 408, is about to close.
                close();
            } else if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
                isAnswered = true;
                broken(part.decoderResult().cause());
            } else if (message instanceof HttpResponse head) {
                head(running, head);
            } else if (message instanceof HttpContent content) {
                content(running, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(Running now, HttpResponse head) {
        HttpResponseStatus status = head.status();
        isAnswered = true;
        isInformational =
                status.codeClass() == HttpStatusClass.INFORMATIONAL
                        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        if (isInformational) {
            return;
        }
        isKeptAlive = HttpUtil.isKeepAlive(head);
        Map<String, String> headers = new LinkedHashMap<>();
        head.headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        if (!now.reader.head(new ResponseHead(status.code(), headers))) {
            stop(now);
        }
    }

    private void content(Running now, HttpContent content) {
        ByteBuf bytes = content.content();
        while (bytes.isReadable() && running != null) {
            int length = Math.min(bytes.readableBytes(), scratch.length);
            bytes.readBytes(scratch, 0, length);
            if (!now.reader.body(scratch, 0, length)) {
                stop(now);
            }
        }
        if (content instanceof LastHttpContent && running != null) {
            end(now);
        }
    }

    private void end(Running now) {
        if (isInformational) {
            isInformational = false;
            return;
        }
        running = null;
        // Before the reader is told, so that a call it leads to finds the connection.
        if (!isKeptAlive || !pool.keep(this)) {
            close();
        }
        now.reader.end();
        now.over.complete(true);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Running now = running;
        if (now != null && isAnswered && !isInformational && !now.reader.readEnd()) {
            skipRest(now);
        }
    }

    private void skipRest(Running now) {
        if (!isKeptAlive) {
            stop(now);
            return;
        }
        Running rest = new Running(new SkippedRest(), new CompletableFuture<>());
        running = rest;
        now.over.complete(true);
        var _ =
                channel.eventLoop()
                        .schedule(
                                () -> {
                                    if (rest.equals(running)) {
                                        close();
                                    }
                                },
                                REST_MILLIS,
                                TimeUnit.MILLISECONDS);
    }

    private void stop(Running now) {
        running = null;
        close();
        now.over.complete(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.forget(this);
        broken(new EOFException("the server closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (running == null) {
            LOG.debug("A connection of the model endpoint was not kept", cause);
        }
        broken(cause);
    }

    private void broken(Throwable cause) {
        Running now = running;
        running = null;
        close();
        if (now == null) {
            return;
        }
        boolean isStale = isReused && !isAnswered && cause instanceof IOException;
        if (!isStale) {
            now.reader.broken(cause);
        }
        now.over.complete(!isStale);
    }
}
