package org.assistantservice.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.assistantservice.fetch.FetchResult.Fetched;
import org.assistantservice.fetch.FetchResult.Refused;
import org.assistantservice.fetch.FetchResult.TimedOut;
import org.assistantservice.fetch.FetchResult.TooLarge;
import org.assistantservice.fetch.FetchResult.TooManyRedirects;
import org.assistantservice.fetch.FetchResult.Unreachable;
import org.assistantservice.fetch.FetchResult.Unsuccessful;
import org.assistantservice.fetch.FetchResult.WrongType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFetchTest {
    private static final int MIB = 1024 * 1024;

    @Test
    void aPageOfAnAllowedHostIsFetchedWhole() throws Exception {
        try (LocalServer server = LocalServer.start(LocalServer.page("hello"))) {
            FetchResult result = fetch(server, FetchRules.DEFAULT);

            assertThat(result)
                    .isEqualTo(
                            new Fetched(
                                    URI.create(server.url()), "text/plain", UTF_8, ascii("hello")));
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .startsWith("GET / HTTP/1.1\n")
                    .contains("Host: " + server.origin());
        }
    }

    @Test
    void theCharsetOfTheAnswerIsUsed() throws Exception {
        try (LocalServer server =
                LocalServer.start(
                        LocalServer.bytes(
                                "HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=ISO-8859-1\r\n"
                                        + "Content-Length: 4\r\n\r\ncaf\u00e9"))) {
            FetchResult result = fetch(server, FetchRules.DEFAULT);

            assertThat(((Fetched) result).text()).isEqualTo("café");
            assertThat(((Fetched) result).type()).isEqualTo("text/html");
        }
    }

    @Test
    void spacesAndForeignLettersOfAnAddressAreEscaped() throws Exception {
        try (LocalServer server = LocalServer.start(LocalServer.page("hello"))) {
            fetch(server, FetchRules.DEFAULT, FetchRequest.page(server.url() + "a b/é?q=x|y"));

            assertThat(server.heads().getFirst()).startsWith("GET /a%20b/%C3%A9?q=x%7Cy HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/",
                "http://localhost/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::ffff:169.254.169.254]/",
                "http://[::1]/",
                "https://10.0.0.1/",
                "//192.168.0.1/",
                "http://2130706433/",
                "file:///etc/hosts",
                "ftp://127.0.0.1/",
                "http://user@127.0.0.1/"
            })
    void aRedirectToWhereNothingMayBeFetchedIsRefused(String location) throws Exception {
        try (LocalServer server = LocalServer.start(LocalServer.redirect(location))) {
            assertThat(fetch(server, FetchRules.DEFAULT)).isInstanceOf(Refused.class);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void aRedirectWithoutHostIsFollowedOnTheSameServer() throws Exception {
        LocalServer.Answer answer =
                (head, to) ->
                        (head.startsWith("GET /end ")
                                        ? LocalServer.page("arrived")
                                        : LocalServer.redirect("/end"))
                                .write(head, to);
        try (LocalServer server = LocalServer.start(answer)) {
            Fetched fetched = (Fetched) fetch(server, FetchRules.DEFAULT);

            assertThat(fetched.text()).isEqualTo("arrived");
            assertThat(fetched.uri()).isEqualTo(URI.create(server.url() + "end"));
        }
    }

    @Test
    void redirectsWithoutEndAreGivenUp() throws Exception {
        try (LocalServer server = LocalServer.start(LocalServer.redirect("/again"))) {
            FetchResult result = fetch(server, FetchRules.DEFAULT.withMaxRedirects(3));

            assertThat(result).isEqualTo(new TooManyRedirects(3));
            assertThat(server.heads()).hasSize(4);
        }
    }

    @Test
    void headersAreNotSentToAnotherHost() throws Exception {
        try (LocalServer other = LocalServer.start(LocalServer.page("hello"));
                LocalServer server = LocalServer.start(LocalServer.redirect(other.url()))) {
            var request =
                    new FetchRequest(
                            server.url(), Map.of("X-Subscription-Token", "s3cret"), Set.of("*/*"));
            FetchRules rules =
                    FetchRules.DEFAULT.withAllowed(List.of(server.origin(), other.origin()));
            try (SafeFetch fetch = SafeFetch.by(rules)) {
                fetch.fetch(
                        new FetchRequest(request.url(), request.headers(), Set.of("text/plain")));
            }

            assertThat(server.heads().getFirst()).contains("X-Subscription-Token: s3cret");
            assertThat(other.heads().getFirst()).doesNotContain("s3cret");
        }
    }

    @Test
    void anAllowedHostIsAllowedOnItsPortOnly() throws Exception {
        try (LocalServer other = LocalServer.start(LocalServer.page("secret"));
                LocalServer server = LocalServer.start(LocalServer.redirect(other.url()))) {
            FetchResult result =
                    fetch(
                            server,
                            FetchRules.DEFAULT.withPorts(List.of(server.port(), other.port())));

            assertThat(result)
                    .isEqualTo(new Refused("Only addresses of the public internet can be fetched"));
            assertThat(other.heads()).isEmpty();
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

    /// A byte now and then, until the client has left.
    private static void drip(OutputStream to, AtomicInteger dripped) throws IOException {
        while (true) {
            to.write('x');
            to.flush();
            dripped.incrementAndGet();
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
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
    @ValueSource(ints = {304, 403, 404, 500, 503})
    void aStatusThatIsNoSuccessIsTold(int status) throws Exception {
        try (LocalServer server =
                LocalServer.start(
                        LocalServer.bytes(
                                "HTTP/1.1 %d Status\r\nContent-Length: 0\r\n\r\n"
                                        .formatted(status)))) {
            assertThat(fetch(server, FetchRules.DEFAULT)).isEqualTo(new Unsuccessful(status));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nx"
            })
    void anAnswerThatBreaksOffIsTold(String response) throws Exception {
        try (LocalServer server = LocalServer.start(LocalServer.bytes(response))) {
            assertThat(fetch(server, FetchRules.DEFAULT))
                    .isEqualTo(new Unreachable("The server's answer broke off or was not valid"));
        }
    }

    @Test
    void aServerThatIsNotThereIsTold() throws Exception {
        LocalServer server = LocalServer.start(LocalServer.page("hello"));
        server.close();

        assertThat(fetch(server, FetchRules.DEFAULT))
                .isEqualTo(new Unreachable("The server could not be reached"));
    }

    private static FetchResult fetch(LocalServer server, FetchRules rules)
            throws InterruptedException {
        return fetch(server, rules, FetchRequest.page(server.url()));
    }

    private static FetchResult fetch(LocalServer server, FetchRules rules, FetchRequest request)
            throws InterruptedException {
        try (SafeFetch fetch = SafeFetch.by(rules.withAllowed(List.of(server.origin())))) {
            return fetch.fetch(request);
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
