package org.assistantservice.model.openai.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.assistantservice.model.openai.http.Route.Via;
import org.jspecify.annotations.Nullable;

/// Finds the ways to the server of a URL: straight, or through the HTTP proxy that the JDK's system
/// properties (`https.proxyHost` and the like) name for it. Thread-safe.
final class Routes {
    /// Looks up the addresses of a host.
    interface Names {
        /// At least one address; blocks.
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final URI url;
    private final Names names;
    private final @Nullable ProxySelector proxies;

    Routes(URI url, Names names, @Nullable ProxySelector proxies) {
        this.url = url;
        this.names = names;
        this.proxies = proxies;
    }

    /// All ways, to be tried in this order. Blocks while a name is looked up.
    List<Route> find() throws UnknownHostException {
        Origin origin = Origin.of(url);
        InetSocketAddress proxy = proxy();
        if (proxy == null) {
            return routes(origin.host(), origin.port(), Via.DIRECT);
        }
        Via via = origin.isSecure() ? Via.TUNNEL : Via.FORWARDING_PROXY;
        return routes(proxy.getHostString(), proxy.getPort(), via);
    }

    private List<Route> routes(String host, int port, Via via) throws UnknownHostException {
        return Arrays.stream(names.addresses(host))
                .map(address -> new Route(new InetSocketAddress(address, port), via))
                .toList();
    }

    private @Nullable InetSocketAddress proxy() {
        if (proxies == null) {
            return null;
        }
        Proxy first = proxies.select(url).getFirst();
        return first.type() == Proxy.Type.HTTP
                        && first.address() instanceof InetSocketAddress address
                ? address
                : null;
    }
}
