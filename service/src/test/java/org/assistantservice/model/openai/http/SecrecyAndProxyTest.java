package org.assistantservice.model.openai.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS with a certificate for `model.test` that nobody but these tests trusts, and proxies.
@Timeout(60)
class SecrecyAndProxyTest {
    private static final String HI = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final Routes.Names LOOPBACK =
            host -> new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 1})};
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static SSLContext selfSigned;

    @BeforeAll
    static void makeACertificate(@TempDir Path folder) throws Exception {
        KeyStore keys = KeyStore.getInstance(newKey(folder).toFile(), PASSWORD);
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("model", keys.getCertificate("model"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        selfSigned = SSLContext.getInstance("TLS");
        selfSigned.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    }

    @Test
    void aTrustedServerIsSpokenToByItsName() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>("");
        ByteServer.Script script =
                (c, r, client) -> {
                    asked.set(serverName(client.socket()));
                    client.send(HI);
                };
        try (ByteServer server = secure(script);
                HttpConnections http =
                        Connections.to(url(server, "model.test"), LOOPBACK, null, trusting())) {
            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");
            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(asked.get()).isEqualTo("model.test");
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() throws Exception {
        try (ByteServer server = secure((c, r, client) -> client.send(HI));
                HttpConnections http =
                        Connections.to(url(server, "model.test"), LOOPBACK, null, Tls.ofTheJdk())) {
            assertThatThrownBy(() -> ask(http))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("unable to find valid certification path");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        try (ByteServer server = secure((c, r, client) -> client.send(HI));
                HttpConnections http =
                        Connections.to(url(server, "other.test"), LOOPBACK, null, trusting())) {
            assertThatThrownBy(() -> ask(http))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("other.test");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aProxyIsGivenWholeUrls() throws Exception {
        try (ByteServer proxy = ByteServer.start((c, r, client) -> client.send(HI));
                HttpConnections http =
                        Connections.to("http://model.test/v1", LOOPBACK, through(proxy), null)) {
            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");
            assertThat(proxy.requests().getFirst())
                    .startsWith("POST http://model.test/v1 HTTP/1.1\r\n")
                    .contains("host: model.test\r\n");
        }
    }

    @Test
    void secretsGoThroughAProxyInATunnel() throws Exception {
        try (ByteServer server = secure((c, r, client) -> client.send(HI));
                ByteServer proxy = ByteServer.start((c, r, client) -> tunnel(client, server));
                HttpConnections http =
                        Connections.to(
                                url(server, "model.test"), LOOPBACK, through(proxy), trusting())) {
            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");
            assertThat(proxy.requests().getFirst())
                    .startsWith("CONNECT model.test:" + server.port() + " HTTP/1.1\r\n");
        }
    }

    @Test
    void aProxyThatRefusesATunnelIsNoConnection() throws Exception {
        try (ByteServer proxy =
                        ByteServer.start((c, r, client) ->
                                client.send("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"));
                HttpConnections http =
                        Connections.to(
                                "https://model.test/v1", LOOPBACK, through(proxy), trusting())) {
            assertThatThrownBy(() -> ask(http))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("403");
        }
    }

    private static Tls trusting() {
        return new Tls(selfSigned);
    }

    private static ByteServer secure(ByteServer.Script script) throws IOException {
        return ByteServer.start(selfSigned.getServerSocketFactory().createServerSocket(), script);
    }

    private static String url(ByteServer server, String host) {
        return "https://" + host + ":" + server.port() + "/v1";
    }

    private static HeardResponse ask(HttpConnections http) throws Exception {
        HeardResponse heard = new HeardResponse();
        http.exchange(Connections.HELLO, heard).run();
        return heard;
    }

    private static String serverName(Socket socket) {
        var session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
        return new String(session.getRequestedServerNames().getFirst().getEncoded(), US_ASCII);
    }

    private static void tunnel(ByteServer.Conversation client, ByteServer server)
            throws IOException {
        try (Socket onward = new Socket(LOOPBACK.addresses("")[0], server.port())) {
            client.send("HTTP/1.1 200 Connected\r\n\r\n");
            Thread.ofVirtual().start(() -> copy(onward, client.socket()));
            client.socket().getInputStream().transferTo(onward.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            assertThat(from.isClosed() || to.isClosed()).as("one of the two has left").isTrue();
        }
    }

    private static ProxySelector through(ByteServer proxy) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                var address = InetSocketAddress.createUnresolved("proxy.test", proxy.port());
                return List.of(new Proxy(Proxy.Type.HTTP, address));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                throw new AssertionError(failure);
            }
        };
    }

    private static Path newKey(Path folder) throws Exception {
        Path store = folder.resolve("keys.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command =
                List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "model",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=model.test",
                        "-ext",
                        "san=dns:model.test",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString());
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        return store;
    }
}
