package org.assistantservice.fetch;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/// What may be fetched, and how much of it. Comes from configuration, never from a model.
///
/// @param ports ports of the public internet that may be asked
/// @param allowed hosts with ports, e.g. `searx.internal:8080`, that may be asked whatever their
///   addresses are, also by a redirect
/// @param maxBytes longest answer, decompressed
/// @param timeLimit for one fetch with its name look-ups, redirects and body
/// @param maxRedirects how many redirects are followed
public record FetchRules(
        Set<Integer> ports,
        Set<String> allowed,
        long maxBytes,
        Duration timeLimit,
        int maxRedirects) {
    private static final long TWO_MIB = 2L * 1024 * 1024;

    /// The public internet on ports 80 and 443: other ports belong to other protocols more often
    /// than to pages, and an HTTP request can do harm there. 2 MiB, 10 s, 5 redirects.
    public static final FetchRules DEFAULT =
            new FetchRules(Set.of(80, 443), Set.of(), TWO_MIB, Duration.ofSeconds(10), 5);

    /// @throws IllegalArgumentException if a bound is not positive or an allowed entry is not a
    ///   host with a port
    public FetchRules {
        ports = Set.copyOf(ports);
        allowed = Set.copyOf(allowed);
        allowed.forEach(Origin::parse);
        if (maxBytes < 1 || !timeLimit.isPositive() || maxRedirects < 0) {
            throw new IllegalArgumentException("Bounds of a fetch must be positive");
        }
    }

    public FetchRules withAllowed(Collection<String> hostsAndPorts) {
        return new FetchRules(ports, Set.copyOf(hostsAndPorts), maxBytes, timeLimit, maxRedirects);
    }

    public FetchRules withPorts(Collection<Integer> others) {
        return new FetchRules(Set.copyOf(others), allowed, maxBytes, timeLimit, maxRedirects);
    }

    public FetchRules withMaxBytes(long bytes) {
        return new FetchRules(ports, allowed, bytes, timeLimit, maxRedirects);
    }

    public FetchRules withTimeLimit(Duration limit) {
        return new FetchRules(ports, allowed, maxBytes, limit, maxRedirects);
    }

    public FetchRules withMaxRedirects(int redirects) {
        return new FetchRules(ports, allowed, maxBytes, timeLimit, redirects);
    }

    Set<Origin> origins() {
        return allowed.stream().map(Origin::parse).collect(Collectors.toUnmodifiableSet());
    }
}
