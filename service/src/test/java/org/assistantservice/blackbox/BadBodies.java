package org.assistantservice.blackbox;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assistantservice.blackbox.BadInput.bytes;
import static org.assistantservice.blackbox.BadInput.chat;
import static org.assistantservice.blackbox.BadInput.gzip;
import static org.assistantservice.blackbox.BadInput.join;
import static org.assistantservice.blackbox.BadInput.request;

import java.util.ArrayList;
import java.util.List;

/// Bodies of POST `/chat` that nobody should send.
final class BadBodies {
    private static final int MIB = 1 << 20;

    private final List<BadInput> inputs = new ArrayList<>();

    private BadBodies() {}

    static List<BadInput> all() {
        var bodies = new BadBodies();
        bodies.notJson();
        bodies.wrongShape();
        bodies.limits();
        bodies.characters();
        bodies.ids();
        bodies.contentTypes();
        return bodies.inputs;
    }

    private void notJson() {
        for (String text :
                List.of(
                        "",
                        " ",
                        "null",
                        "[]",
                        "\"x\"",
                        "1",
                        "true",
                        "{",
                        "}",
                        "{}{}",
                        "{\"a\"",
                        "{'thread_id':'new'}",
                        "// c\n{}",
                        "/* c */ {}",
                        "{\"thread_id\":NaN}",
                        "NaN",
                        "Infinity",
                        "{\"a\":01}",
                        "{\"a\":.5}",
                        "{\"a\":1,}",
                        "[1,]",
                        "{thread_id:\"new\"}",
                        "\u0000",
                        "{\"a\":\"\n\"}",
                        "<xml/>",
                        "a=b&c=d")) {
            add("not the JSON of a message: " + text.strip(), chat(text), 422);
        }
        add(
                "duplicate keys",
                chat("{\"thread_id\":\"new\",\"thread_id\":\"x\",\"message\":\"hi\"}"),
                422);
        add(
                "a duplicate key by escape",
                chat("{\"message\":\"a\",\"m\\u0065ssage\":\"b\",\"thread_id\":\"new\"}"),
                422);
        add("two messages in one body", chat(message("new", "a") + message("new", "b")), 422);
    }

    private void wrongShape() {
        for (String value : List.of("1", "null", "[]", "{}", "true", "1.5", "[\"new\"]")) {
            add(
                    "thread_id " + value,
                    chat("{\"thread_id\":%s,\"message\":\"x\"}".formatted(value)),
                    422);
            add(
                    "message " + value,
                    chat("{\"thread_id\":\"new\",\"message\":%s}".formatted(value)),
                    422);
        }
        add(
                "assistant_id 5",
                chat("{\"thread_id\":\"new\",\"message\":\"x\",\"assistant_id\":5}"),
                422);
        add("no message", chat("{\"thread_id\":\"new\"}"), 422);
        add("no thread_id", chat("{\"message\":\"x\"}"), 422);
        add("empty thread_id", chat(message("", "x")), 400);
        add("empty message", chat(message("new", "")), 400);
        add("blank message", chat(message("new", " \\t\\n\\u2003")), 400);
    }

    private void limits() {
        add("10,000 arrays", chat("[".repeat(10_000) + "]".repeat(10_000)), 422);
        add("10,000 objects", chat("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)), 422);
        add("10,000 open arrays", chat("[".repeat(10_000)), 422);
        add("100,000 open arrays", chat("[".repeat(100_000)), 422);
        add("deep extra field", extra("[".repeat(10_000) + "]".repeat(10_000)), 422);
        add("10,000 digits", extra("1".repeat(10_000)), 422);
        add("1e400", extra("1e400"), 200, 422);
        add("1e999999999", extra("1e999999999"), 200, 422);
        add("-0", extra("-0"), 200);
        add("above Long", extra("92233720368547758080"), 200);
        add("70,000 keys", extra("{" + keys(70_000) + "\"z\":1}"), 200, 422);
        add("70,000 same-hash keys", extra("{" + collisions() + "\"z\":1}"), 200, 422);
        add("256,001 characters", chat(message("new", "x".repeat(256_001))), 400);
        add("1 MiB and 1 byte", chat("x".repeat(MIB + 1)), 413);
        add("10 MiB and 1 byte", chat("x".repeat(10 * MIB + 1)), 413, 0);
        add("a long key", chat("{\"" + "k".repeat(500_000) + "\":1}"), 422);
        add("a huge wrong value", chat("{\"thread_id\":[\"" + "k".repeat(500_000) + "\"]}"), 422);
    }

    private void characters() {
        byte[] open = "{\"thread_id\":\"new\",\"message\":\"".getBytes(UTF_8);
        byte[] close = "\"}".getBytes(UTF_8);
        add("invalid UTF-8", chat(join(open, bytes(0xc3, 0x28), close)), 422);
        add("a lone continuation byte", chat(join(open, bytes(0x80), close)), 422);
        add("overlong UTF-8", chat(join(open, bytes(0xc0, 0xaf), close)), 422);
        add("a surrogate in UTF-8", chat(join(open, bytes(0xed, 0xa0, 0x80), close)), 422);
        add("beyond Unicode", chat(join(open, bytes(0xf5, 0x80, 0x80, 0x80), close)), 422);
        add("UTF-16", chat(message("new", "x").getBytes(UTF_16)), 422);
        add("BOM", chat("\ufeff" + message("new", "x")), 200, 422);
        add("U+0000", chat(message("new", "a\\u0000b")), 400);
        add("lone high surrogate", chat(message("new", "a\\ud800b")), 400);
        add("lone low surrogate", chat(message("new", "\\udc00")), 400);
        add("swapped surrogates", chat(message("new", "\\udc00\\ud800")), 400);
        add("right-to-left override", chat(message("new", "\u202egnp.exe")), 200);
        add("100,000 combining marks", chat(message("new", "a" + "\u0301".repeat(100_000))), 200);
        add("zero width", chat(message("new", "\u200b\u200d\ufeff")), 200, 400);
        add("tag characters", chat(message("new", "a\udb40\udc00\udb40\udc41")), 200);
        add("line separators", chat(message("new", "a\\u2028b\\u0085event: x\\r\\ndata: y")), 200);
        add("non-characters", chat(message("new", "\uffff\ufffe")), 200);
        add("U+0000 in the thread id", chat(message("a\\u0000b", "x")), 404);
        add("a surrogate in the thread id", chat(message("\\ud800", "x")), 404);
    }

    private void ids() {
        for (String id :
                List.of(
                        "thread_../../x",
                        "NEW",
                        "run_abc",
                        "thread_",
                        "' OR 1=1 --",
                        "%",
                        "*",
                        "thread_%00",
                        "thread_" + "a".repeat(10_000),
                        "\\u202e",
                        " new",
                        "thread_AAAAAAAAAAAAAAAAAAAAAAAA",
                        "THREAD_AAAAAAAAAAAAAAAAAAAAAAAA")) {
            add("thread id " + shown(id), chat(message(id, "x")), 404);
            add(
                    "assistant id " + shown(id),
                    chat(
                            "{\"thread_id\":\"new\",\"message\":\"x\",\"assistant_id\":\"%s\"}"
                                    .formatted(id)),
                    404);
        }
    }

    private void contentTypes() {
        byte[] body = message("new", "x").getBytes(UTF_8);
        for (String type :
                List.of(
                        "text/plain",
                        "application/xml",
                        "application/json; charset=utf-16",
                        "multipart/form-data; boundary=x",
                        "application/x-www-form-urlencoded",
                        "nonsense",
                        "",
                        "a/b/c",
                        "application/json;;;=",
                        "*/*")) {
            add(
                    "content type '" + type + "'",
                    request("POST", "/chat", "Content-Type: " + type + "\r\n", body),
                    200,
                    400,
                    415,
                    422);
        }
        add("no content type", request("POST", "/chat", "", body), 200);
        byte[] bomb =
                gzip(
                        ("{\"thread_id\":\"new\",\"message\":\"" + " ".repeat(20 * MIB))
                                .getBytes(UTF_8));
        for (String coding : List.of("gzip", "br", "zstd", "snappy", "deflate", "nonsense")) {
            String header = "Content-Encoding: " + coding + "\r\n";
            add(
                    coding + " of garbage",
                    request("POST", "/chat", header, bytes(1, 2, 3)),
                    400,
                    413,
                    415,
                    422);
            add(coding + " bomb", request("POST", "/chat", header, bomb), 400, 413, 415, 422);
        }
        add(
                "gzip twice",
                request("POST", "/chat", "Content-Encoding: gzip, gzip\r\n", gzip(gzip(body))),
                400,
                413,
                415,
                422);
    }

    private void add(String name, byte[] request, Integer... allowed) {
        inputs.add(BadInput.of("body: " + name, request, allowed));
    }

    private static byte[] extra(String value) {
        return chat("{\"thread_id\":\"new\",\"message\":\"x\",\"extra\":%s}".formatted(value));
    }

    /// JSON as it is: escapes stay escapes.
    private static String message(String thread, String text) {
        return "{\"thread_id\":\"%s\",\"message\":\"%s\"}".formatted(thread, text);
    }

    private static String keys(int count) {
        var keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append("\"k").append(i).append("\":1,");
        }
        return keys.toString();
    }

    /// Keys of one hash code, made of the pairs `Aa` and `BB`.
    private static String collisions() {
        var keys = new StringBuilder();
        for (int i = 0; i < 1 << 15; i++) {
            keys.append('"');
            for (int bit = 0; bit < 15; bit++) {
                keys.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            keys.append("\":1,");
        }
        return keys.substring(0, Math.min(keys.length(), 900_000 / 35 * 35));
    }

    private static String shown(String id) {
        return id.length() > 40 ? id.substring(0, 40) + "…" : id;
    }
}
