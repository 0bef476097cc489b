package org.assistantservice.model.openai.http;

import java.net.URI;

/// The server behind a URL.
///
/// @param host a name or an address, without brackets
record Origin(boolean isSecure, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// @param url absolute, with the scheme `http` or `https`
    static Origin of(URI url) {
        boolean isSecure = "https".equals(url.getScheme());
        String host = url.getHost();
        boolean isBracketed = host.startsWith("[");
        int port = url.getPort();
        return new Origin(
                isSecure,
                isBracketed ? host.substring(1, host.length() - 1) : host,
                port >= 0 ? port : isSecure ? HTTPS : HTTP);
    }
}
