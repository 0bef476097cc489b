package org.assistantservice.model.openai.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Connections for the tests of this package, on one event loop.
final class Connections {
    static final Post HELLO = new Post(Map.of("Accept", "text/plain"), "hello".getBytes(UTF_8));
    private static final EventLoopGroup LOOP =
            new MultiThreadIoEventLoopGroup(
                    1,
                    Thread.ofPlatform().daemon().name("test-http-", 0).factory(),
                    NioIoHandler.newFactory());

    private Connections() {}

    static HttpConnections to(String url) {
        return to(url, InetAddress::getAllByName, null, null);
    }

    static HttpConnections to(
            String url, Routes.Names names, @Nullable ProxySelector proxies, @Nullable Tls tls) {
        URI uri = URI.create(url);
        return to(uri, new Routes(uri, names, proxies), tls, Duration.ofSeconds(10));
    }

    static HttpConnections to(URI uri, Routes routes, @Nullable Tls tls, Duration timeout) {
        Bootstrap bootstrap = new Bootstrap().group(LOOP).channel(NioSocketChannel.class);
        Dialer dialer = new Dialer(Origin.of(uri), routes, tls, bootstrap, timeout);
        return new HttpConnections(uri, dialer, new ConnectionPool(10, System::nanoTime), LOOP);
    }
}
