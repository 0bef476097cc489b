package org.assistantservice.protocol.commander;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.knowledge.FileFolder;
import org.assistantservice.knowledge.FileStore;
import org.assistantservice.protocol.commander.User.UserFile;
import org.assistantservice.server.ProblemException;
import org.assistantservice.store.EmbeddedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDownloadsTest {
    @TempDir private Path directory;
    private final CountDownLatch fourArrived = new CountDownLatch(4);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final AtomicInteger arrived = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer host = host();
    private EmbeddedStore store;
    private FileDownloads downloads;

    @BeforeEach
    void open() {
        store = Samples.store(directory);
        host.setExecutor(threads);
        host.createContext("/", this::answer);
        host.start();
        downloads =
                new FileDownloads(
                        new FileStore(
                                store.records(), Samples.files(directory), InstantSource.system()),
                        Samples.settings("127.0.0.1:" + host.getAddress().getPort()),
                        Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        mayAnswer.countDown();
        downloads.close();
        host.stop(0);
        threads.close();
        store.close();
    }

    @Test
    void fourFilesAreFetchedAtOnceWhoeverAsks() throws Exception {
        Future<List<UserFile>> four =
                threads.submit(() -> downloads.into(folder(), "anna", urls(4)));
        fourArrived.await();

        assertThatThrownBy(() -> downloads.into(folder(), "ben", urls(1)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("Service is overloaded");
        mayAnswer.countDown();

        assertThat(four.get()).hasSize(4);
        assertThat(arrived).hasValue(4);
        assertThat(downloads.into(folder(), "ben", urls(1))).hasSize(1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        arrived.incrementAndGet();
        fourArrived.countDown();
        try (exchange) {
            mayAnswer.await();
            exchange.getResponseHeaders().set("Content-Type", "text/csv");
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write('x');
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> urls(int count) {
        return Collections.nCopies(
                count, "http://127.0.0.1:%d/a.csv".formatted(host.getAddress().getPort()));
    }

    private static FileFolder folder() {
        return FileFolder.of(Samples.ANNA, ThreadId.random());
    }

    private static HttpServer host() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
