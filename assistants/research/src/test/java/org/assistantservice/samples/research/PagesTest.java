package org.assistantservice.samples.research;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assistantservice.fetch.FetchRules;
import org.assistantservice.fetch.SafeFetch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch underWay = new CountDownLatch(4);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private HttpServer server;
    private String host;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        host = "127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stopServer() {
        goOn.countDown();
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/slow")) {
            underWay.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException(e.getMessage());
            }
        }
        byte[] body = "Hello".getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void atMostFourPagesAreInMemoryWhoeverAsks() throws Exception {
        String slow = "http://%s/slow".formatted(host);
        String other = "http://%s/other".formatted(host);
        FetchRules rules = FetchRules.DEFAULT.withAllowed(List.of(host));
        try (Pages pages = new Pages(SafeFetch.by(rules), Duration.ZERO)) {
            Future<List<PageText>> first =
                    threads.submit(() -> pages.read(List.of(slow, slow, slow, slow), true));
            underWay.await();

            List<PageText> second = pages.read(List.of(other), true);
            goOn.countDown();

            assertThat(second)
                    .containsExactly(
                            PageText.failed(other, "Too many pages are being read at the moment"));
            assertThat(first.get())
                    .hasSize(4)
                    .allMatch(page -> page.equals(PageText.of(slow, "Hello")));
            assertThat(pages.read(List.of(other), true))
                    .containsExactly(PageText.of(other, "Hello"));
        }
    }
}
