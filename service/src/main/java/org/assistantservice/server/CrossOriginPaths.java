package org.assistantservice.server;

import java.util.List;

/// What pages of any origin may use of a protocol (CORS), because its clients are such pages. A
/// bean for each protocol that has them. Nothing that a browser adds by itself, such as a cookie,
/// lets anybody in here: where there are keys, a page needs one.
public interface CrossOriginPaths {
    /// Each path itself and all below it, e.g. `/images`.
    default Iterable<String> paths() {
        return List.of();
    }

    /// Paths, e.g. `/chat`, of which WebSockets only are meant: other requests there may belong to
    /// another protocol.
    default Iterable<String> sockets() {
        return List.of();
    }
}
