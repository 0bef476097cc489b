package org.assistantservice.model.openai.http;

import java.net.InetSocketAddress;

/// One way to a server.
///
/// @param address whom to connect to: the server or a proxy, resolved
record Route(InetSocketAddress address, Via via) {
    /// Who is at the other end of the connection.
    enum Via {
        /// The server itself.
        DIRECT,
        /// A proxy that forwards requests, which name the whole URL.
        FORWARDING_PROXY,
        /// A proxy that is asked with `CONNECT` for a tunnel to the server.
        TUNNEL
    }
}
