package org.assistantservice.bench.model;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.assistantservice.bench.chat.ChatBook;

/// Serves `POST /v1/chat/completions` on a free port of the loopback address, for the chats of a
/// [ChatBook]. All its state lives on the one event loop it is given.
public final class ModelServer implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int MAX_REQUEST = 64 << 20;

    private final Channel channel;
    private final Lateness lateness;

    private ModelServer(Channel channel, Lateness lateness) {
        this.channel = channel;
        this.lateness = lateness;
    }

    public static ModelServer start(EventLoopGroup loop, ChatBook chats) {
        Lateness lateness = new Lateness();
        Channel channel =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(connections(chats, lateness))
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
        return new ModelServer(channel, lateness);
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /// How late tokens were written. Read it on the event loop.
    public Lateness lateness() {
        return lateness;
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
    }

    private static ChannelInitializer<SocketChannel> connections(
            ChatBook chats, Lateness lateness) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel connection) {
                connection
                        .pipeline()
                        .addLast(new HttpRequestDecoder())
                        .addLast(new HttpObjectAggregator(MAX_REQUEST))
                        .addLast(new ModelConnection(chats, lateness));
            }
        };
    }
}
