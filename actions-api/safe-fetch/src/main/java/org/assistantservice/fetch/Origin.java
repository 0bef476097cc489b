package org.assistantservice.fetch;

import java.util.Locale;

/// Host and port, as a configuration allows them and as a URL names them.
///
/// @param host in lower case, ASCII, without a dot at its end; an IPv6 address without brackets
record Origin(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /// Reads `searx.internal:8080` or `[fd00::1]:8080`.
    ///
    /// @throws IllegalArgumentException if it is not a host and a port
    static Origin parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon < 1 || port < 1 || port > MAX_PORT) {
                throw new IllegalArgumentException(mistake(text));
            }
            return new Origin(HostName.of(text.substring(0, colon)), port);
        } catch (NumberFormatException | FetchException e) {
            throw new IllegalArgumentException(mistake(text), e);
        }
    }

    private static String mistake(String text) {
        return "'%s' must be a host and a port such as searx.internal:8080"
                .formatted(text.toLowerCase(Locale.ROOT));
    }
}
