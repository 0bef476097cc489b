package org.assistantservice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.MutableHttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {
    @Test
    void aForwardedAddressFromAnybodyCountsForNothing() {
        assertThat(addresses().of(request("203.0.113.7", "198.51.100.1"))).isEqualTo("203.0.113.7");
    }

    @Test
    void aProxysLastHopThatIsNoProxyIsTheClient() {
        ClientAddresses addresses = addresses("10.0.0.0/8", "192.0.2.1");

        assertThat(addresses.of(request("10.1.2.3", "1.1.1.1, 198.51.100.1, 192.0.2.1")))
                .isEqualTo("198.51.100.1");
        assertThat(addresses.of(request("192.0.2.1", "198.51.100.1"))).isEqualTo("198.51.100.1");
        assertThat(addresses.of(request("192.0.2.2", "198.51.100.1"))).isEqualTo("192.0.2.2");
    }

    @Test
    void aProxyThatNamesNobodyIsTheClientItself() {
        ClientAddresses addresses = addresses("10.0.0.0/8");

        assertThat(addresses.of(request("10.1.2.3", null))).isEqualTo("10.1.2.3");
        assertThat(addresses.of(request("10.1.2.3", "nonsense"))).isEqualTo("10.1.2.3");
        assertThat(addresses.of(request("10.1.2.3", "10.9.9.9"))).isEqualTo("10.1.2.3");
    }

    @Test
    void networksOfBothKindsAreUnderstoodToTheBit() {
        ClientAddresses addresses = addresses("172.16.0.0/12", "2001:db8::/33");

        assertThat(addresses.of(request("172.31.255.255", "8.8.8.8"))).isEqualTo("8.8.8.8");
        assertThat(addresses.of(request("172.32.0.0", "8.8.8.8"))).isEqualTo("172.32.0.0");
        assertThat(addresses.of(request("2001:db8:7fff::1", "8.8.8.8"))).isEqualTo("8.8.8.8");
        assertThat(addresses.of(request("2001:db8:8000::1", "8.8.8.8")))
                .isEqualTo("2001:db8:8000:0:0:0:0:1");
    }

    @Test
    void aProxyThatIsNoAddressIsRefused() {
        for (String bad : List.of("example.org", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1")) {
            assertThatThrownBy(() -> addresses(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "assistant-service.server.trusted-proxies: '%s' is no address or network"
                                    .formatted(bad));
        }
    }

    private static ClientAddresses addresses(String... proxies) {
        return new ClientAddresses(
                new ServerSettings(
                        List.of(proxies), null, null, 5000, 1000, Duration.ofSeconds(1)));
    }

    private static HttpRequest<?> request(String peer, @Nullable String forwarded) {
        MutableHttpRequest<Object> request = HttpRequest.GET("/");
        if (forwarded != null) {
            request.header("X-Forwarded-For", forwarded);
        }
        return new HttpRequestWrapper<>(request) {
            @Override
            public InetSocketAddress getRemoteAddress() {
                return new InetSocketAddress(InetAddress.ofLiteral(peer), 1234);
            }
        };
    }
}
