package org.assistantservice.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.assistantservice.fetch.FetchResult.Fetched;
import org.assistantservice.fetch.FetchResult.TimedOut;
import org.assistantservice.fetch.FetchResult.TooLarge;
import org.assistantservice.fetch.FetchResult.TooManyRedirects;
import org.assistantservice.fetch.FetchResult.WrongType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much of an answer is read, for how long, and of what kind.
class FetchBoundsTest {
    private static final int MIB = 1024 * 1024;

    @Test
    void redirectsWithoutEndAreGivenUp() throws Exception {
        try (LocalServer server = LocalServer.start(LocalServer.redirect("/again"))) {
            FetchResult result = fetch(server, FetchRules.DEFAULT.withMaxRedirects(3));

            assertThat(result).isEqualTo(new TooManyRedirects(3));
            assertThat(server.heads()).hasSize(4);
        }
    }

    @Test
    void anAnswerThatSaysItIsTooLongIsNotRead() throws Exception {
        try (LocalServer server =
                LocalServer.start(
                        LocalServer.bytes(
                                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                                        + "Content-Length: 1000000000\r\n\r\nx"))) {
            assertThat(fetch(server, FetchRules.DEFAULT.withMaxBytes(MIB)))
                    .isEqualTo(new TooLarge(MIB));
        }
    }

    @Test
    void anAnswerWithoutEndIsGivenUpAtTheLimit() throws Exception {
        var left = new CountDownLatch(1);
        LocalServer.Answer endless =
                (_, to) -> {
                    to.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"));
                    try {
                        while (true) {
                            to.write(new byte[8192]);
                        }
                    } finally {
                        left.countDown();
                    }
                };
        try (LocalServer server = LocalServer.start(endless)) {
            assertThat(fetch(server, FetchRules.DEFAULT.withMaxBytes(MIB)))
                    .isEqualTo(new TooLarge(MIB));
            left.await();
        }
    }

    @Test
    void aSmallAnswerThatGrowsWhenItIsUnpackedIsGivenUpAtTheLimit() throws Exception {
        byte[] bomb = gzip(64 * MIB);
        LocalServer.Answer answer =
                (_, to) -> {
                    to.write(
                            ascii(
                                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                                            + "Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                                                    .formatted(bomb.length)));
                    to.write(bomb);
                };
        try (LocalServer server = LocalServer.start(answer)) {
            assertThat(bomb.length).isLessThan(MIB);
            assertThat(fetch(server, FetchRules.DEFAULT.withMaxBytes(MIB)))
                    .isEqualTo(new TooLarge(MIB));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nX-Drip: ",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n"
            })
    void anAnswerThatDripsIsGivenUpInTime(String beginning) throws Exception {
        var left = new CountDownLatch(1);
        var dripped = new AtomicInteger();
        LocalServer.Answer drip =
                (_, to) -> {
                    to.write(ascii(beginning));
                    try {
                        drip(to, dripped);
                    } finally {
                        left.countDown();
                    }
                };
        try (LocalServer server = LocalServer.start(drip)) {
            FetchResult result =
                    fetch(server, FetchRules.DEFAULT.withTimeLimit(Duration.ofMillis(300)));

            assertThat(result).isEqualTo(new TimedOut());
            left.await();
            assertThat(dripped.get()).isPositive();
        }
    }

    @Test
    void aFetchWhoseCallerIsInterruptedEnds() throws Exception {
        var begun = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        LocalServer.Answer silent =
                (_, to) -> {
                    begun.countDown();
                    try {
                        drip(to, new AtomicInteger());
                    } finally {
                        left.countDown();
                    }
                };
        try (LocalServer server = LocalServer.start(silent)) {
            var interrupted = new CountDownLatch(1);
            Thread caller =
                    Thread.startVirtualThread(() -> {
                        try {
                            fetch(server, FetchRules.DEFAULT);
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                    });
            begun.await();

            caller.interrupt();

            interrupted.await();
            left.await();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/octet-stream", "image/png", "application/pdf; x=text/html"})
    void anAnswerOfAnotherTypeIsRefused(String type) throws Exception {
        try (LocalServer server =
                LocalServer.start(
                        LocalServer.bytes(
                                "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 1\r\n\r\nx"
                                        .formatted(type)))) {
            String bare = type.replaceFirst(";.*", "");

            assertThat(fetch(server, FetchRules.DEFAULT)).isEqualTo(new WrongType(bare));
            assertThat(new WrongType(bare).message())
                    .isEqualTo("The answer is of type '%s', which cannot be read".formatted(bare));
        }
    }

    @Test
    void anAnswerWithoutTypeIsRefused() throws Exception {
        try (LocalServer server =
                LocalServer.start(
                        LocalServer.bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"))) {
            assertThat(fetch(server, FetchRules.DEFAULT)).isEqualTo(new WrongType(""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: image/png\r\n"})
    void whereAnythingIsWantedAnAnswerOfAnyTypeIsRead(String header) throws Exception {
        byte[] answer = ascii("HTTP/1.1 200 OK\r\n" + header + "Content-Length: 1\r\n\r\nx");
        try (LocalServer server = LocalServer.start((_, to) -> to.write(answer));
                SafeFetch fetch =
                        SafeFetch.by(FetchRules.DEFAULT.withAllowed(List.of(server.origin())))) {
            FetchResult result = fetch.fetch(FetchRequest.anything(server.url()));

            assertThat(result).isInstanceOf(Fetched.class);
        }
    }

    /// A byte now and then, until the client has left.
    private static void drip(OutputStream to, AtomicInteger dripped) throws IOException {
        while (true) {
            to.write('x');
            to.flush();
            dripped.incrementAndGet();
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static FetchResult fetch(LocalServer server, FetchRules rules)
            throws InterruptedException {
        try (SafeFetch fetch = SafeFetch.by(rules.withAllowed(List.of(server.origin())))) {
            return fetch.fetch(FetchRequest.page(server.url()));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] gzip(int zeros) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (OutputStream to = new GZIPOutputStream(packed)) {
            to.write(new byte[zeros]);
        }
        return packed.toByteArray();
    }
}
