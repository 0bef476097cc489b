package org.assistantservice.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads HTTP/1.1 requests from a connection. For one thread.
final class HttpRequestReader {
    /// A request before its body is parsed.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record RawRequest(String method, String target, Map<String, String> headers, byte[] body) {}

    private final InputStream in;

    HttpRequestReader(InputStream in) {
        this.in = in;
    }

    /// The next request, whose first byte may have been read already (else -1), or null if the
    /// client has closed the connection.
    @Nullable RawRequest next(int firstByte) throws IOException {
        String requestLine = line(firstByte);
        if (requestLine == null) {
            return null;
        }
        String[] parts = requestLine.split(" ", 3);
        Map<String, String> headers = headers();
        return new RawRequest(parts[0], parts[1], headers, body(headers));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(-1); line != null && !line.isEmpty(); line = line(-1)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks();
        }
        String length = headers.getOrDefault("content-length", "0");
        return in.readNBytes(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(-1);
            if (size == null) {
                throw new EOFException("The connection ended within a chunked body");
            }
            int length = Integer.parseInt(size.strip(), 16);
            body.write(in.readNBytes(length));
            line(-1);
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private @Nullable String line(int firstByte) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = firstByte >= 0 ? firstByte : in.read();
        while (next != '\n') {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.write(next);
            }
            next = in.read();
        }
        return line.toString(ISO_8859_1);
    }
}
