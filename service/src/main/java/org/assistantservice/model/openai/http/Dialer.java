package org.assistantservice.model.openai.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.assistantservice.model.openai.http.Route.Via;
import org.jspecify.annotations.Nullable;

/// Opens connections to one server. Blocks, on the caller's thread. Thread-safe.
final class Dialer {
    private static final int MAX_STATUS_LINE_BYTES = 4 * 1024;
    private static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final int MAX_PIECE_BYTES = 8 * 1024;

    private final Origin origin;
    private final Routes routes;
    private final @Nullable Tls tls;
    private final Bootstrap bootstrap;
    private final int timeoutMillis;
    private final Map<EventLoop, byte[]> scratches = new ConcurrentHashMap<>();

    /// @param tls null for a server that is not to be spoken to in secret
    /// @param bootstrap with the event loops and the kind of channel; it is not changed
    /// @param timeout of each try to connect, of its tunnel, and of its handshake
    Dialer(Origin origin, Routes routes, @Nullable Tls tls, Bootstrap bootstrap, Duration timeout) {
        this.origin = origin;
        this.routes = routes;
        this.tls = tls;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
        this.bootstrap =
                bootstrap
                        .clone()
                        .resolver(NoopAddressResolverGroup.INSTANCE)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                        .option(ChannelOption.SO_KEEPALIVE, true);
    }

    /// A new connection, by the first way that works.
    ///
    /// @param pool where the connection is kept between two exchanges
    /// @param opening told for each try how to end it
    /// @throws IOException if no way works, with what went wrong on the last one
    Connection dial(ConnectionPool pool, Consumer<Runnable> opening)
            throws IOException, InterruptedException {
        IOException failure = null;
        for (Route route : routes.find()) {
            Line line = new Line(pool, route);
            try {
                return line.open(opening);
            } catch (IOException e) {
                line.close();
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            } catch (InterruptedException e) {
                line.close();
                throw e;
            }
        }
        throw failure == null ? new IOException("no address") : failure;
    }

    /// A connection that is being opened.
    private final class Line extends ChannelInitializer<Channel> {
        private final ConnectionPool pool;
        private final Route route;
        private final @Nullable ProxyHandler tunnel;
        private final @Nullable SslHandler secrecy;
        private volatile @Nullable Channel channel;
        private volatile @Nullable Connection connection;

        Line(ConnectionPool pool, Route route) {
            this.pool = pool;
            this.route = route;
            tunnel = route.via() == Via.TUNNEL ? new HttpProxyHandler(route.address()) : null;
            secrecy = tls == null ? null : tls.handler(origin);
        }

        @Override
        protected void initChannel(Channel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            if (tunnel != null) {
                tunnel.setConnectTimeoutMillis(timeoutMillis);
                pipeline.addLast(tunnel);
            }
            if (secrecy != null) {
                secrecy.setHandshakeTimeoutMillis(timeoutMillis);
                pipeline.addLast(secrecy);
            }
            Connection made =
                    new Connection(
                            channel,
                            pool,
                            scratches.computeIfAbsent(
                                    channel.eventLoop(), loop -> new byte[MAX_PIECE_BYTES]),
                            route.via() == Via.FORWARDING_PROXY);
            pipeline.addLast(codec(), made);
            connection = made;
        }

        Connection open(Consumer<Runnable> opening) throws IOException, InterruptedException {
            ChannelFuture connected = bootstrap.clone().handler(this).connect(target());
            channel = connected.channel();
            opening.accept(this::close);
            await(connected);
            if (tunnel != null) {
                await(tunnel.connectFuture());
            }
            if (secrecy != null) {
                await(secrecy.handshakeFuture());
            }
            Connection made = connection;
            if (made == null) {
                throw new IOException("the channel was not set up");
            }
            return made;
        }

        void close() {
            Channel begun = channel;
            if (begun != null) {
                var _ = begun.close();
            }
        }

        /// A tunnel is asked for by the server's name.
        private InetSocketAddress target() {
            return tunnel == null
                    ? route.address()
                    : InetSocketAddress.createUnresolved(origin.host(), origin.port());
        }
    }

    private static HttpClientCodec codec() {
        return new HttpClientCodec(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setMaxChunkSize(MAX_PIECE_BYTES),
                HttpClientCodec.DEFAULT_PARSE_HTTP_AFTER_CONNECT_REQUEST,
                HttpClientCodec.DEFAULT_FAIL_ON_MISSING_RESPONSE);
    }

    private static void await(Future<?> step) throws IOException, InterruptedException {
        step.await();
        Throwable cause = step.cause();
        switch (cause) {
            case null -> {}
            case IOException e -> throw e;
            default -> throw new IOException(cause.getMessage(), cause);
        }
    }
}
