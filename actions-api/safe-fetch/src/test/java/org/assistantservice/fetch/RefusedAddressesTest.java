package org.assistantservice.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.assistantservice.fetch.FetchResult.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every spelling is tried against a server that listens on this machine, on a port that may be
/// asked: only the address stands between them.
class RefusedAddressesTest {
    private static final Refused NOT_PUBLIC =
            new Refused("Only addresses of the public internet can be fetched");
    private static final Refused IN_DIGITS =
            new Refused("A host in digits must be written as four decimal numbers");

    static Stream<String> privateHosts() {
        return Stream.of(
                "127.0.0.1",
                "127.0.0.1.",
                "127.1.2.3",
                "0.0.0.0",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "192.0.0.192",
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "[64:ff9b::127.0.0.1]",
                "[2002:7f00:1::]",
                "[2001:0:7f00:1::]",
                "①②⑦.⓪.⓪.①",
                "127。0。0。1",
                "ⓛocalhost");
    }

    @ParameterizedTest
    @MethodSource("privateHosts")
    void aHostOfThisMachineOrANetworkAroundItIsRefused(String host) throws Exception {
        assertThatIsRefused(host, NOT_PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "127.0.1",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "0x7f000001",
                "0x7f.0.0.1",
                "0x7f.1",
                "127.0.0.01",
                "0127.0.0.1",
                "3232235521",
                "0",
                "1.1.1.1.1",
                "①②⑦.①",
                "0x",
                "a.0x7f"
            })
    void anAddressInDigitsIsRefusedInEveryFormButTheUsualOne(String host) throws Exception {
        assertThatIsRefused(host, IN_DIGITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"256.0.0.1", "a..b", ".", "a b", "[127.0.0.1]", "[::1", "%31%32%37.1"})
    void whatIsNoHostIsRefused(String host) throws Exception {
        assertThat(fetch("http://" + host + "/")).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http://user@example.com/              | An address with a user name cannot be fetched
                    http://example.com@127.0.0.1/         | An address with a user name cannot be fetched
                    http://user:pass@127.0.0.1/           | An address with a user name cannot be fetched
                    http://[fe80::1%25eth0]/              | An address with a zone cannot be fetched
                    file:///etc/hosts                     | Only http and https addresses can be fetched
                    ftp://example.com/                    | Only http and https addresses can be fetched
                    gopher://127.0.0.1:70/                | Only http and https addresses can be fetched
                    jar:http://127.0.0.1/a.jar!/          | Only http and https addresses can be fetched
                    javascript:alert(1)                   | Only http and https addresses can be fetched
                    data:text/plain,hello                 | Only http and https addresses can be fetched
                    //example.com/                        | Only http and https addresses can be fetched
                    example.com                           | Only http and https addresses can be fetched
                    http:example.com                      | This is not a valid address
                    http:///path                          | This is not a valid address
                    http://example.com\\@127.0.0.1/       | This is not a valid address
                    http://127.0.0.1\\.example.com/       | This is not a valid address
                    http://example.com:99999999/          | The port of this address is not valid
                    http://example.com:-1/                | The port of this address is not valid
                    http://example.com:22/                | This port cannot be fetched from
                    http://example.com:8080/              | This port cannot be fetched from
                    http://example.com:70000/             | This port cannot be fetched from
                    """)
    void anAddressOfAnotherFormIsRefusedWithItsReason(String url, String reason) throws Exception {
        assertThat(fetch(url)).isEqualTo(new Refused(reason));
    }

    @Test
    void anAddressTooLongToBeMeantIsRefused() throws Exception {
        assertThat(fetch("http://example.com/" + "a".repeat(5000)))
                .isEqualTo(new Refused("The address is longer than 4096"));
    }

    @Test
    void oneAddressAmongManyThatIsNotPublicRefusesTheName() throws Exception {
        Names mixed =
                _ -> List.of(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1"));

        assertThat(fetch(mixed, "http://mixed.test/")).isEqualTo(NOT_PUBLIC);
    }

    @Test
    void refusalsSayNothingOfTheAddressThatWasFound() throws Exception {
        Names inside = _ -> List.of(InetAddress.ofLiteral("10.11.12.13"));

        assertThat(fetch(inside, "http://intranet.test/")).isEqualTo(NOT_PUBLIC);
    }

    private static void assertThatIsRefused(String host, Refused expected)
            throws IOException, InterruptedException {
        try (LocalServer server = LocalServer.start(LocalServer.page("secret"))) {
            String url = "http://%s:%d/".formatted(host, server.port());
            try (SafeFetch fetch =
                    SafeFetch.by(FetchRules.DEFAULT.withPorts(Set.of(server.port())))) {
                assertThat(fetch.fetch(FetchRequest.page(url))).isEqualTo(expected);
            }
            assertThat(server.heads()).isEmpty();
        }
    }

    private static FetchResult fetch(String url) throws InterruptedException {
        try (SafeFetch fetch = SafeFetch.by(FetchRules.DEFAULT)) {
            return fetch.fetch(FetchRequest.page(url));
        }
    }

    private static FetchResult fetch(Names names, String url) throws InterruptedException {
        try (SafeFetch fetch =
                new SafeFetch(
                        FetchRules.DEFAULT,
                        names,
                        PublicAddresses::has,
                        DefaultClientTlsStrategy.createDefault())) {
            return fetch.fetch(FetchRequest.page(url));
        }
    }
}
