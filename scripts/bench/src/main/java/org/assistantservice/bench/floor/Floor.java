package org.assistantservice.bench.floor;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetAddress;
import org.assistantservice.bench.connection.NoHandlerYet;

/// `java … Floor <port> <model port>`: serves POST `/chat` as the service does, on one event loop
/// for both sides, with keep-alive connections to the model.
final class Floor {
    private static final int BACKLOG = 4096;
    private static final int MAX_REQUEST = 1 << 20;

    private Floor() {}

    public static void main(String... args) {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        serve(loop, Integer.parseInt(args[0]), Integer.parseInt(args[1]))
                .closeFuture()
                .syncUninterruptibly();
    }

    /// Serves on `port` of the loopback address until the channel is closed.
    static Channel serve(EventLoopGroup loop, int port, int modelPort) {
        ModelPool models =
                new ModelPool(
                        new Bootstrap()
                                .group(loop)
                                .channel(NioSocketChannel.class)
                                .option(ChannelOption.TCP_NODELAY, true)
                                .remoteAddress(InetAddress.getLoopbackAddress(), modelPort)
                                .handler(new NoHandlerYet()));
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(connections(models))
                .bind(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
    }

    private static ChannelInitializer<Channel> connections(ModelPool models) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel client) {
                client.pipeline()
                        .addLast(new HttpRequestDecoder())
                        .addLast(new HttpObjectAggregator(MAX_REQUEST))
                        .addLast(new FloorConnection(models));
            }
        };
    }
}
