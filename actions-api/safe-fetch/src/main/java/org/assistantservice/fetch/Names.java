package org.assistantservice.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Looks up the addresses of a name. Blocks; thread-safe.
@FunctionalInterface
interface Names {
    /// All addresses of a host, at least one.
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
