package org.assistantservice.model.openai.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests and responses over real sockets.
@Timeout(60)
class HttpConnectionsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String HI = CHUNKED + "2\r\nhi\r\n0\r\n\r\n";

    @Test
    void sendsTheRequestAsItIs() throws Exception {
        try (ByteServer server = ByteServer.start((c, r, client) -> client.send(HI))) {
            ask(server);

            assertThat(server.requests())
                    .containsExactly(
                            """
                            POST /v1/chat?x=%%2F HTTP/1.1\r
                            Accept: text/plain\r
                            host: 127.0.0.1:%d\r
                            content-length: 5\r
                            \r
                            hello\
                            """
                                    .formatted(server.port()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HI,
                OK + "Content-Length: 2\r\n\r\nhi",
                CHUNKED + "1\r\nh\r\n1;ext=1\r\ni\r\n0\r\nTrailer: x\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HI
            })
    void oneConnectionServesManyExchanges(String response) throws Exception {
        try (ByteServer server = ByteServer.start((c, r, client) -> client.send(response));
                HttpConnections http = Connections.to(url(server))) {
            for (int i = 0; i < 3; i++) {
                HeardResponse heard = ask(http);

                assertThat(heard.lines()).startsWith("200").endsWith("end");
                assertThat(heard.body()).isEqualTo("hi");
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "\r\nhi",
                OK + "Connection: close\r\n\r\nhi",
                "HTTP/1.0 200 OK\r\n\r\nhi",
                OK + "Connection: close\r\nContent-Length: 2\r\n\r\nhi"
            })
    void aConnectionThatEndsWithItsResponseIsNotUsedAgain(String response) throws Exception {
        ByteServer.Script script =
                (c, r, client) -> {
                    client.send(response);
                    client.close();
                };
        try (ByteServer server = ByteServer.start(script);
                HttpConnections http = Connections.to(url(server))) {
            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");
            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");
            assertThat(server.requests()).hasSize(2);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aRequestThatFindsItsKeptConnectionClosedIsSentAgainOnANewOne() throws Exception {
        ByteServer.Script script =
                (connection, request, client) -> {
                    if (request == 0) {
                        client.send(HI);
                    } else {
                        client.close();
                    }
                };
        try (ByteServer server = ByteServer.start(script);
                HttpConnections http = Connections.to(url(server))) {
            ask(http);

            HeardResponse second = ask(http);

            assertThat(second.lines()).containsExactly("200", "body hi", "end");
            assertThat(server.requests()).hasSize(3);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aRequestThatANewConnectionDoesNotAnswerIsNotSentAgain() throws Exception {
        try (ByteServer server = ByteServer.start((c, r, client) -> client.close())) {
            assertThat(ask(server).lines())
                    .containsExactly("broken: the server closed the connection");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aKeptConnectionThatBreaksWithinItsResponseIsNotReplaced() throws Exception {
        ByteServer.Script script =
                (connection, request, client) -> {
                    client.send(request == 0 ? HI : CHUNKED + "2\r\nh");
                    if (request > 0) {
                        client.close();
                    }
                };
        try (ByteServer server = ByteServer.start(script);
                HttpConnections http = Connections.to(url(server))) {
            ask(http);

            assertThat(ask(http).lines())
                    .containsExactly("200", "body h", "broken: the server closed the connection");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHUNKED, OK + "Content-Length: 5\r\n\r\n"})
    void aServerThatClosesAfterItsHeadHasBrokenOff(String head) throws Exception {
        ByteServer.Script script =
                (c, r, client) -> {
                    client.send(head);
                    client.close();
                };
        try (ByteServer server = ByteServer.start(script)) {
            assertThat(ask(server).lines())
                    .containsExactly("200", "broken: the server closed the connection");
        }
    }

    @Test
    void aHeadThatIsTooLargeIsNotRead() throws Exception {
        String large = OK + ("X-Filler: " + "x".repeat(1_000) + "\r\n").repeat(40) + "\r\n";
        try (ByteServer server = ByteServer.start((c, r, client) -> client.send(large))) {
            assertThat(ask(server).lines())
                    .containsExactly("broken: HTTP header is larger than 32768 bytes.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n\r\n"})
    void whatIsNoHttpIsBroken(String bytes) throws Exception {
        try (ByteServer server = ByteServer.start((c, r, client) -> client.send(bytes))) {
            assertThat(ask(server).lines()).singleElement().asString().startsWith("broken: ");
        }
    }

    @Test
    void aConnectionWhoseServerSpeaksUnaskedIsNotUsedAgain() throws Exception {
        CountDownLatch spoken = new CountDownLatch(1);
        ByteServer.Script script =
                (c, r, client) -> {
                    client.send(HI + "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
                    client.awaitEnd();
                    spoken.countDown();
                };
        try (ByteServer server = ByteServer.start(script);
                HttpConnections http = Connections.to(url(server))) {
            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");

            assertThat(spoken.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aReaderThatHasEnoughLeavesAConnectionThatCanBeUsedAgain() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        ByteServer.Script script =
                (c, r, client) -> {
                    client.send(CHUNKED + "4\r\ndone\r\n");
                    await(enough);
                    client.send("4\r\nrest\r\n0\r\n\r\n");
                };
        try (ByteServer server = ByteServer.start(script);
                HttpConnections http = Connections.to(url(server))) {
            HeardResponse heard = new HeardResponse(4);
            http.exchange(Connections.HELLO, heard).run();
            enough.countDown();

            assertThat(heard.lines()).containsExactly("200", "body done");
            Awaitility.await()
                    .untilAsserted(() -> {
                        int before = server.accepted();
                        http.exchange(Connections.HELLO, new HeardResponse(4)).run();
                        assertThat(server.accepted()).isEqualTo(before);
                    });
        }
    }

    @Test
    void aLongRestIsNotReadButItsConnectionClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        String piece = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        ByteServer.Script script =
                (c, r, client) -> {
                    client.send(CHUNKED + "4\r\ndone\r\n");
                    try {
                        while (true) {
                            client.send(piece);
                        }
                    } catch (IOException e) {
                        closed.countDown();
                        throw e;
                    }
                };
        try (ByteServer server = ByteServer.start(script);
                HttpConnections http = Connections.to(url(server))) {
            http.exchange(Connections.HELLO, new HeardResponse(4)).run();

            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", CHUNKED + "2\r\nhi\r\n"})
    void anAbortedExchangeClosesItsConnection(String sent) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        ByteServer.Script script =
                (c, r, client) -> {
                    client.send(sent);
                    asked.countDown();
                    client.awaitEnd();
                    closed.countDown();
                };
        try (ByteServer server = ByteServer.start(script);
                HttpConnections http = Connections.to(url(server))) {
            HeardResponse heard = new HeardResponse();
            Exchange exchange = http.exchange(Connections.HELLO, heard);
            Thread caller = Thread.ofVirtual().start(() -> runs(exchange));
            await(asked);

            exchange.abort();

            await(closed);
            caller.join();
            assertThat(heard.lines()).endsWith("broken: the server closed the connection");
        }
    }

    @Test
    void anExchangeThatIsAbortedBeforeItBeginsSendsNothing() throws Exception {
        try (ByteServer server = ByteServer.start((c, r, client) -> client.send(HI));
                HttpConnections http = Connections.to(url(server))) {
            HeardResponse heard = new HeardResponse();
            Exchange exchange = http.exchange(Connections.HELLO, heard);

            exchange.abort();

            assertThatThrownBy(exchange::run).isInstanceOf(IOException.class);
            assertThat(heard.lines()).isEmpty();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void anAbortThatComesTooLateLeavesTheConnectionToOthers() throws Exception {
        try (ByteServer server = ByteServer.start((c, r, client) -> client.send(HI));
                HttpConnections http = Connections.to(url(server))) {
            Exchange first = http.exchange(Connections.HELLO, new HeardResponse());
            first.run();

            first.abort();

            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedCallerLeavesNoConnection() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        ByteServer.Script script =
                (c, r, client) -> {
                    asked.countDown();
                    client.awaitEnd();
                    closed.countDown();
                };
        try (ByteServer server = ByteServer.start(script);
                HttpConnections http = Connections.to(url(server))) {
            Exchange exchange = http.exchange(Connections.HELLO, new HeardResponse());
            Thread caller = Thread.ofVirtual().start(() -> runs(exchange));
            await(asked);

            caller.interrupt();

            await(closed);
        }
    }

    @Test
    void closingLeavesNoIdleConnection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        ByteServer.Script script =
                (c, r, client) -> {
                    client.send(HI);
                    client.awaitEnd();
                    closed.countDown();
                };
        try (ByteServer server = ByteServer.start(script)) {
            try (HttpConnections http = Connections.to(url(server))) {
                ask(http);
            }

            await(closed);
        }
    }

    @Test
    void anAddressThatRefusesIsFollowedByTheNext() throws Exception {
        try (ByteServer server = ByteServer.start((c, r, client) -> client.send(HI));
                HttpConnections http =
                        Connections.to(
                                "http://two.test:" + server.port() + "/",
                                host ->
                                        new InetAddress[] {
                                            InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                                            InetAddress.getByAddress(new byte[] {127, 0, 0, 1})
                                        },
                                null,
                                null)) {
            assertThat(ask(http).lines()).containsExactly("200", "body hi", "end");
            assertThat(server.requests().getFirst())
                    .contains("host: two.test:" + server.port() + "\r\n");
        }
    }

    @Test
    void whereNobodyListensThereIsNoConnection() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        HeardResponse heard = new HeardResponse();
        try (HttpConnections http = Connections.to("http://127.0.0.1:" + port + "/")) {
            assertThatThrownBy(() -> http.exchange(Connections.HELLO, heard).run())
                    .isInstanceOf(ConnectException.class)
                    .hasMessageStartingWith("Connection refused");
        }
        assertThat(heard.lines()).isEmpty();
    }

    private static String url(ByteServer server) {
        return "http://127.0.0.1:" + server.port() + "/v1/chat?x=%2F";
    }

    private static HeardResponse ask(ByteServer server) throws Exception {
        try (HttpConnections http = Connections.to(url(server))) {
            return ask(http);
        }
    }

    private static HeardResponse ask(HttpConnections http) throws Exception {
        HeardResponse heard = new HeardResponse();
        http.exchange(Connections.HELLO, heard).run();
        return heard;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("It did not happen");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted", e);
        }
    }

    private static void runs(Exchange exchange) {
        try {
            exchange.run();
        } catch (IOException e) {
            throw new AssertionError("There was a connection", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
