package org.assistantservice.server;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/// The connection that a request came on.
public final class ClientConnection {
    private ClientConnection() {}

    /// Calls `action` when the connection closes, at once if it has closed, until the watch is
    /// closed. The action must not block. The framework itself does not tell a waiting route that
    /// its client left.
    public static Watch onClose(HttpRequest<?> request, Runnable action) {
        if (!(request instanceof NettyHttpRequest<?> received)) {
            return () -> {};
        }
        ChannelFuture closed = channel(received).closeFuture();
        ChannelFutureListener listener = _ -> action.run();
        closed.addListener(listener);
        return () -> closed.removeListener(listener);
    }

    /// The connection itself.
    static Channel channel(HttpRequest<?> request) {
        return ((NettyHttpRequest<?>) request).getChannelHandlerContext().channel();
    }

    /// Ends the watching of a connection, which may serve many requests more.
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
