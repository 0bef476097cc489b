package org.assistantservice.model.openai.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The one time bound of a new connection holds for each of its steps.
@Timeout(60)
class ConnectTimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int TOO_MANY = 64;

    @Test
    void aServerThatDoesNotAcceptIsGivenUp() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, loopback())) {
            fill(full, waiting);

            try (HttpConnections http = connections("http", full.getLocalPort(), null, null)) {
                assertThatThrownBy(() -> ask(http))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("connection timed out after 300 ms");
            }
        } finally {
            for (Socket one : waiting) {
                one.close();
            }
        }
    }

    @Test
    void aServerThatDoesNotShakeHandsIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, loopback());
                HttpConnections http =
                        connections("https", silent.getLocalPort(), null, Tls.ofTheJdk())) {
            assertThatThrownBy(() -> ask(http))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("handshake timed out after 300ms");
        }
    }

    @Test
    void aProxyThatDoesNotOpenItsTunnelIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, loopback());
                HttpConnections http = connections("https", 443, through(silent), Tls.ofTheJdk())) {
            assertThatThrownBy(() -> ask(http))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("timeout");
        }
    }

    private static void ask(HttpConnections http) throws IOException, InterruptedException {
        http.exchange(Connections.HELLO, new HeardResponse()).run();
    }

    private static HttpConnections connections(
            String scheme, int port, @Nullable ProxySelector proxies, @Nullable Tls tls) {
        URI uri = URI.create("%s://model.test:%d/v1".formatted(scheme, port));
        Routes routes = new Routes(uri, _ -> new InetAddress[] {loopback()}, proxies);
        return Connections.to(uri, routes, tls, SHORT);
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }

    /// Connects until the kernel takes no more for this listener.
    private static void fill(ServerSocket listener, List<Socket> waiting) throws IOException {
        while (waiting.size() < TOO_MANY) {
            Socket one = new Socket();
            waiting.add(one);
            try {
                one.connect(listener.getLocalSocketAddress(), Math.toIntExact(SHORT.toMillis()));
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new IOException("The listener takes any number of connections");
    }

    private static ProxySelector through(ServerSocket proxy) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(
                        new Proxy(
                                Proxy.Type.HTTP,
                                new InetSocketAddress(loopback(), proxy.getLocalPort())));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                throw new AssertionError("nobody reports failures here", failure);
            }
        };
    }
}
