package org.assistantservice.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where one request goes.
///
/// @param path path and query as sent, beginning with `/`
record Target(String scheme, Origin origin, String path) {
    private static final String HTTP = "http";
    private static final String HTTPS = "https";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LONGEST = 4096;

    /// Characters that people write in URLs although they must be escaped.
    private static final String LENIENT = " \"<>^`{|}";

    /// @throws FetchException if it is no address that may be fetched by its form
    static Target of(String url) throws FetchException {
        URI uri = parse(url);
        return of(uri);
    }

    /// Where a redirect leads.
    Target follow(String location) throws FetchException {
        return of(uri().resolve(parse(location)));
    }

    /// As a client writes it; the default port is left out.
    URI uri() {
        return URI.create(scheme + "://" + authority() + path);
    }

    String host() {
        return origin.host();
    }

    /// Host and port as the `Host` header has them.
    String authority() {
        String host = host().indexOf(':') >= 0 ? "[" + host() + "]" : host();
        return origin.port() == defaultPort(scheme) ? host : host + ":" + origin.port();
    }

    private static URI parse(String url) throws FetchException {
        String text = url.strip();
        if (text.length() > LONGEST) {
            throw FetchException.refused("The address is longer than %d".formatted(LONGEST));
        }
        try {
            return new URI(escaped(text));
        } catch (URISyntaxException e) {
            throw FetchException.refused("This is not a valid address");
        }
    }

    private static Target of(URI uri) throws FetchException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals(HTTP) && !scheme.equals(HTTPS)) {
            throw FetchException.refused("Only http and https addresses can be fetched");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw FetchException.refused("This is not a valid address");
        }
        if (authority.indexOf('@') >= 0) {
            throw FetchException.refused("An address with a user name cannot be fetched");
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        int port = port(hasPort ? authority.substring(colon + 1) : "", scheme);
        return new Target(scheme, new Origin(HostName.of(host), port), path(uri));
    }

    private static int port(String written, String scheme) throws FetchException {
        if (written.isEmpty()) {
            return defaultPort(scheme);
        }
        if (!written.matches("[0-9]{1,5}")) {
            throw FetchException.refused("The port of this address is not valid");
        }
        return Integer.parseInt(written);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals(HTTPS) ? HTTPS_PORT : HTTP_PORT;
    }

    private static String path(URI uri) throws FetchException {
        String path = orEmpty(uri.getRawPath());
        String query = uri.getRawQuery();
        return inAscii((path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query));
    }

    /// Foreign letters as they are written: brought into another form, some become characters that
    /// no address has.
    private static String inAscii(String text) throws FetchException {
        try {
            ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            StringBuilder ascii = new StringBuilder();
            while (bytes.hasRemaining()) {
                byte b = bytes.get();
                if (b >= 0) {
                    ascii.append((char) b);
                } else {
                    ascii.append("%%%02X".formatted(b));
                }
            }
            return ascii.toString();
        } catch (CharacterCodingException e) {
            // Half a surrogate pair.
            throw FetchException.refused("This is not a valid address");
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (LENIENT.indexOf(c) >= 0) {
                escaped.append("%%%02X".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
