package org.assistantservice.fetch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;

/// The one place where names become addresses: a connection goes to what this returns, without a
/// second look-up that could answer otherwise. Refuses a name of which any address is not allowed,
/// since one mixed answer is as good as two different ones. Thread-safe.
final class CheckedNames implements DnsResolver {
    private final Names names;
    private final Predicate<InetAddress> isPublic;
    private final Set<Origin> allowed;

    /// @param allowed what is not checked
    CheckedNames(Names names, Predicate<InetAddress> isPublic, Set<Origin> allowed) {
        this.names = names;
        this.isPublic = isPublic;
        this.allowed = allowed;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        List<InetAddress> addresses =
                allowed.contains(new Origin(host, port))
                        ? names.addresses(host)
                        : List.of(resolve(host));
        return addresses.stream().map(it -> new InetSocketAddress(it, port)).toList();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = names.addresses(host);
        if (!addresses.stream().allMatch(isPublic)) {
            throw new NotPublicException();
        }
        return addresses.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /// The name leads to where nothing may be fetched from.
    static final class NotPublicException extends UnknownHostException {
        private static final long serialVersionUID = 1;
    }
}
