package org.assistantservice.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.assistantservice.fetch.FetchResult.Fetched;
import org.assistantservice.fetch.FetchResult.Refused;
import org.assistantservice.fetch.FetchResult.Unreachable;
import org.assistantservice.fetch.FetchResult.Unsuccessful;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFetchTest {
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

    @Test
    void lettersAreSentInTheFormInWhichTheyAreWritten() throws Exception {
        try (LocalServer server = LocalServer.start(LocalServer.page("hello"))) {
            // A Greek varia is a grave accent in another form, and an e with an accent has two.
            fetch(server, FetchRules.DEFAULT, FetchRequest.page(server.url() + "\u1fef?e\u0301"));

            assertThat(server.heads().getFirst()).startsWith("GET /%E1%BF%AF?e%CC%81 HTTP/1.1");
        }
    }

    @Test
    void halfACharacterIsRefused() throws Exception {
        try (LocalServer server = LocalServer.start(LocalServer.page("hello"))) {
            FetchResult result =
                    fetch(server, FetchRules.DEFAULT, FetchRequest.page(server.url() + "\ud83d"));

            assertThat(result).isEqualTo(new Refused("This is not a valid address"));
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void aFaultCostsOneFetch() throws Exception {
        try (var fetch =
                new SafeFetch(
                        FetchRules.DEFAULT,
                        _ -> {
                            throw new IllegalStateException("no names today");
                        },
                        PublicAddresses::has,
                        DefaultClientTlsStrategy.createDefault())) {
            assertThat(fetch.fetch(FetchRequest.page("http://example.com/")))
                    .isEqualTo(new Unreachable("This address could not be fetched"));
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
}
