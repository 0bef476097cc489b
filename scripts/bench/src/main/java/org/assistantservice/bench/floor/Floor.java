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

/// `java … Floor <port> <model port>`: serves POST `/chat` as the service does, on one event loop
/// for both sides, with keep-alive connections to the model.
final class Floor {
    private static final int BACKLOG = 4096;
    private static final int MAX_REQUEST = 1 << 20;

    private Floor() {}

    public static void main(String... args) {
        int port = Integer.parseInt(args[0]);
        int modelPort = Integer.parseInt(args[1]);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ModelPool models =
                new ModelPool(
                        new Bootstrap()
                                .group(loop)
                                .channel(NioSocketChannel.class)
                                .option(ChannelOption.TCP_NODELAY, true)
                                .remoteAddress(InetAddress.getLoopbackAddress(), modelPort)
                                .handler(new NoHandlerYet()));
        new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(
                        new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel client) {
                                client.pipeline()
                                        .addLast(new HttpRequestDecoder())
                                        .addLast(new HttpObjectAggregator(MAX_REQUEST))
                                        .addLast(new FloorConnection(models));
                            }
                        })
                .bind(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel()
                .closeFuture()
                .syncUninterruptibly();
    }
}
