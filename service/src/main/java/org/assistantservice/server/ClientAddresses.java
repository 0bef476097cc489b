package org.assistantservice.server;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out where a request comes from. `X-Forwarded-For` counts only when the connection's peer
/// is a configured proxy, and then its last address that is no such proxy. Thread-safe.
@Singleton
public final class ClientAddresses {
    private final List<Network> proxies;

    /// @throws IllegalArgumentException if a configured proxy is no address or network
    public ClientAddresses(ServerSettings settings) {
        proxies = settings.trustedProxies().stream().map(Network::parse).toList();
    }

    /// The client's address as text, e.g. `203.0.113.7`.
    public String of(HttpRequest<?> request) {
        InetAddress peer = request.getRemoteAddress().getAddress();
        if (peer == null) {
            return request.getRemoteAddress().getHostString();
        }
        return isProxy(peer)
                ? forwarded(request.getHeaders().get("X-Forwarded-For"))
                        .orElse(peer)
                        .getHostAddress()
                : peer.getHostAddress();
    }

    private Optional<InetAddress> forwarded(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        List<String> hops = List.of(header.split(",", -1));
        for (String text : hops.reversed()) {
            Optional<InetAddress> hop = address(text.strip());
            if (hop.isEmpty() || !isProxy(hop.get())) {
                return hop;
            }
        }
        return Optional.empty();
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(it -> it.contains(address));
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private record Network(InetAddress address, int bits) {
        static Network parse(String text) {
            int slash = text.indexOf('/');
            try {
                InetAddress address =
                        InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
                int all = address.getAddress().length * Byte.SIZE;
                int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= all) {
                    return new Network(address, bits);
                }
            } catch (IllegalArgumentException e) {
                throw refused(text, e);
            }
            throw refused(text, null);
        }

        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if ((mine[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static IllegalArgumentException refused(
                String text, @Nullable IllegalArgumentException cause) {
            return new IllegalArgumentException(
                    "assistant-service.server.trusted-proxies: '%s' is no address or network"
                            .formatted(text),
                    cause);
        }
    }
}
