package org.assistantservice.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Something that a client may send, and what may come back.
///
/// @param name what is wrong with it
/// @param allowed statuses, or close codes of a WebSocket; 0 stands for a closed connection
@SuppressWarnings("ArrayRecordComponent") // never compared
record BadInput(String name, byte[] bytes, List<Integer> allowed) {
    BadInput {
        allowed = List.copyOf(allowed);
    }

    static BadInput of(String name, byte[] bytes, Integer... allowed) {
        return new BadInput(name, bytes, List.of(allowed));
    }

    static BadInput of(String name, String text, Integer... allowed) {
        return of(name, text.getBytes(UTF_8), allowed);
    }

    /// A whole request that asks for the connection's end.
    static byte[] request(String method, String target, String headers, byte[] body) {
        String head =
                "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n"
                        .formatted(method, target, headers, body.length);
        return join(head.getBytes(UTF_8), body);
    }

    static byte[] request(String method, String target, String headers) {
        String head =
                "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
                        .formatted(method, target, headers);
        return head.getBytes(UTF_8);
    }

    static byte[] chat(String json) {
        return chat(json.getBytes(UTF_8));
    }

    static byte[] chat(byte[] json) {
        return request("POST", "/chat", "Content-Type: application/json\r\n", json);
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] gzip(byte[] content) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
