package org.assistantservice.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assistantservice.blackbox.BadInput.bytes;
import static org.assistantservice.blackbox.BadInput.join;
import static org.assistantservice.blackbox.RawClient.CLOSED;

import java.util.ArrayList;
import java.util.List;

/// Requests that break the rules by which a connection's bytes become messages.
final class BadFraming {
    private static final String MESSAGE = "{\"thread_id\":\"new\",\"message\":\"x\"}";

    private final List<BadInput> inputs = new ArrayList<>();

    private BadFraming() {}

    static List<BadInput> all() {
        var framing = new BadFraming();
        framing.framing();
        return framing.inputs;
    }

    private void framing() {
        String chat = "POST /chat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        int length = MESSAGE.length();
        raw("too short a length", chat + "Content-Length: 5\r\n\r\n" + MESSAGE, 422);
        raw("too long a length", chat + "Content-Length: 999\r\n\r\n" + MESSAGE, 408, CLOSED);
        raw("a negative length", chat + "Content-Length: -1\r\n\r\n" + MESSAGE, 400);
        raw("a length in words", chat + "Content-Length: abc\r\n\r\n" + MESSAGE, 400);
        raw(
                "a length beyond Long",
                chat + "Content-Length: " + "9".repeat(30) + "\r\n\r\n",
                400,
                413);
        raw("a length of 9 GB", chat + "Content-Length: 9999999999\r\n\r\n{", 413, CLOSED);
        raw(
                "two lengths",
                chat
                        + "Content-Length: 2\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(length, MESSAGE),
                400);
        raw(
                "a length twice",
                chat
                        + "Content-Length: %1$d\r\nContent-Length: %1$d\r\n\r\n%2$s"
                                .formatted(length, MESSAGE),
                200,
                400);
        raw(
                "length and chunks",
                chat + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400,
                422,
                CLOSED);
        raw(
                "unknown transfer coding",
                chat + "Transfer-Encoding: x\r\n\r\n" + MESSAGE,
                400,
                422,
                CLOSED);
        raw(
                "chunked, identity",
                chat + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                400,
                422,
                408,
                CLOSED);
        raw(
                "chunks never ending",
                chat + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"thr\r\n",
                400,
                408,
                CLOSED);
        raw(
                "a wrong chunk size",
                chat + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                400,
                413,
                CLOSED);
        raw(
                "a negative chunk size",
                chat + "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n",
                400,
                413,
                CLOSED);
        raw(
                "a huge chunk size",
                chat + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{",
                400,
                408,
                413,
                CLOSED);
        raw(
                "a long chunk extension",
                chat + "Transfer-Encoding: chunked\r\n\r\n1;" + "a".repeat(100_000) + "\r\n",
                400,
                408,
                413,
                CLOSED);
        raw(
                "2 MiB in chunks",
                chat
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + ("400\r\n" + "x".repeat(1024) + "\r\n").repeat(2048)
                        + "0\r\n\r\n",
                413,
                CLOSED);
        raw(
                "trailers",
                chat
                        + "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\nX: y\r\n\r\n"
                                .formatted(length, MESSAGE),
                200);
        raw(
                "expects 100-continue",
                chat
                        + "Expect: 100-continue\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(length, MESSAGE),
                200);
        raw(
                "a message, then a wrong chunk size",
                chat
                        + "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\nzz\r\n"
                                .formatted(length, MESSAGE),
                400,
                CLOSED);
        raw("expects nonsense", chat + "Expect: nonsense\r\nContent-Length: 2\r\n\r\n{}", 417, 422);
        raw(
                "expects 100 for 1 GB",
                chat + "Expect: 100-continue\r\nContent-Length: 1000000000\r\n\r\n",
                413,
                CLOSED);
        raw("HTTP/1.0", "GET /health HTTP/1.0\r\n\r\n", 200);
        raw(
                "HTTP/1.0 with chunks",
                "POST /chat HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                400,
                422,
                CLOSED);
        raw(
                "HTTP/1.0 events",
                "POST /chat HTTP/1.0\r\nAccept: text/event-stream\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(length, MESSAGE),
                200);
        raw(
                "HTTP/9.9",
                "GET /health HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n",
                200,
                400,
                505,
                CLOSED);
        raw("HTTP/0.9", "GET /health\r\n\r\n", 200, 400, CLOSED);
        raw("no host", "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", 200, 400);
        raw("bare LF", "GET /health HTTP/1.1\nHost: x\nConnection: close\n\n", 200, 400);
        raw(
                "U+0000 first",
                "\u0000GET /health HTTP/1.1\r\nConnection: close\r\n\r\n",
                200,
                400,
                CLOSED);
        raw("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 404, 405, CLOSED);
        raw("no protocol at all", "hello\r\n\r\n", 400, CLOSED);
        raw("three spaces", "   \r\n\r\n", 400, CLOSED);
        add(
                "TLS",
                join(bytes(0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3), "\r\n\r\n".getBytes(ISO_8859_1)),
                400,
                CLOSED);
        raw("a request behind another", "GET /health HTTP/1.1\r\nHost: x\r\n\r\nBOO\r\n\r\n", 200);
    }

    private void raw(String name, String text, Integer... allowed) {
        add(name, text.getBytes(UTF_8), allowed);
    }

    private void add(String name, byte[] bytes, Integer... allowed) {
        inputs.add(BadInput.of("framing: " + name, bytes, allowed));
    }
}
