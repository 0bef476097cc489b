package org.assistantservice.server;

import io.micronaut.http.HttpRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to one WebSocket without ever waiting for it: what the client has not taken yet is
/// bounded. On a closed socket nothing happens. Thread-safe; messages go out in the order of the
/// calls, whichever threads make them.
///
/// It writes to the connection itself: the framework's session sends each message on its own.
public final class SocketWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWriter.class);

    private final Channel channel;
    private final int capacity;
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final AtomicBoolean isClosing = new AtomicBoolean();

    SocketWriter(Channel channel, int capacity) {
        this.channel = channel;
        this.capacity = capacity;
    }

    /// The writer of the socket that a request has opened.
    ///
    /// @param capacity bytes that may wait
    public static SocketWriter of(HttpRequest<?> upgrade, int capacity) {
        return new SocketWriter(ClientConnection.channel(upgrade), capacity);
    }

    /// Sends text messages, all of them at once.
    ///
    /// @param lines a line feed follows each message; must not change any more
    /// @return false if too much is waiting; then nothing was sent
    public boolean send(byte[] lines) {
        int waiting = waitingBytes.get();
        if (waiting > 0 && waiting + lines.length > capacity) {
            return false;
        }
        if (lines.length > 0 && !isClosing.get()) {
            waitingBytes.addAndGet(lines.length);
            write(() -> writeLines(lines));
        }
        return true;
    }

    /// Sends a short message however much is waiting.
    public void sendAnyway(byte[] ascii) {
        if (!isClosing.get()) {
            waitingBytes.addAndGet(ascii.length);
            write(() -> flush(text(ascii, 0, ascii.length), ascii.length));
        }
    }

    public void ping() {
        if (!isClosing.get()) {
            write(() -> {
                ChannelFuture _ = channel.writeAndFlush(new PingWebSocketFrame());
            });
        }
    }

    /// Closes with a code of RFC 6455, e.g. 1001, after everything sent before. Only the first call
    /// counts.
    public void close(int code, String reason) {
        if (isClosing.compareAndSet(false, true)) {
            write(() -> {
                ChannelFuture _ =
                        channel.writeAndFlush(new CloseWebSocketFrame(code, reason))
                                .addListener(ChannelFutureListener.CLOSE);
            });
        }
    }

    /// Always by the event loop's own queue, which keeps the order: a write that the loop's thread
    /// made at once would overtake one that another thread has handed to it.
    private void write(Runnable frames) {
        try {
            channel.eventLoop().execute(frames);
        } catch (RejectedExecutionException e) {
            LOG.debug("The event loop has ended, and {} with it", channel, e);
        }
    }

    /// Only the last message is flushed, and the others with it.
    private void writeLines(byte[] lines) {
        int start = 0;
        for (int i = 0; i < lines.length - 1; i++) {
            if (lines[i] == '\n') {
                ChannelFuture _ = channel.write(text(lines, start, i));
                start = i + 1;
            }
        }
        flush(text(lines, start, lines.length - 1), lines.length);
    }

    private void flush(TextWebSocketFrame last, int size) {
        ChannelFuture _ =
                channel.writeAndFlush(last).addListener(_ -> waitingBytes.addAndGet(-size));
    }

    private static TextWebSocketFrame text(byte[] ascii, int start, int end) {
        return new TextWebSocketFrame(Unpooled.wrappedBuffer(ascii, start, end - start));
    }
}
