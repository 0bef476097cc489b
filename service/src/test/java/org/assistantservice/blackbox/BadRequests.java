package org.assistantservice.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assistantservice.blackbox.BadInput.bytes;
import static org.assistantservice.blackbox.BadInput.request;
import static org.assistantservice.blackbox.RawClient.CLOSED;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Requests whose line, headers, cursor or page nobody should send.
final class BadRequests {
    private static final Map<String, String> ROUTES =
            new TreeMap<>(
                    Map.of(
                            "/", "GET",
                            "/health", "GET",
                            "/health/liveness", "GET",
                            "/health/readiness", "GET",
                            "/start", "GET",
                            "/chat", "POST",
                            "/assistants", "GET",
                            "/runs/run_x", "GET",
                            "/runs/run_x/cancel", "POST",
                            "/runs/run_x/events", "GET"));
    private static final String MESSAGE = "{\"thread_id\":\"new\",\"message\":\"x\"}";

    private final List<BadInput> inputs = new ArrayList<>();
    private final String runId;
    private final String otherRunId;
    private final String threadId;

    private BadRequests(String threadId, String runId, String otherRunId) {
        this.threadId = threadId;
        this.runId = runId;
        this.otherRunId = otherRunId;
    }

    /// @param runId a finished run on `threadId`
    /// @param otherRunId a finished run elsewhere
    static List<BadInput> all(String threadId, String runId, String otherRunId) {
        var requests = new BadRequests(threadId, runId, otherRunId);
        requests.methods();
        requests.paths();
        requests.headers();
        requests.idempotencyKeys();
        requests.cursors();
        requests.pages();
        return requests.inputs;
    }

    private void methods() {
        ROUTES.forEach((path, right) -> {
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
                if (!method.equals(right)) {
                    add(
                            method + " " + path,
                            request(method, path, "", MESSAGE.getBytes(UTF_8)),
                            405);
                }
            }
            add("FOO " + path, request("FOO", path, ""), 400, 404, 405);
            add("TRACE " + path, request("TRACE", path, ""), 400, 404, 405);
        });
        add("OPTIONS *", request("OPTIONS", "*", ""), 200, 400, 404, 405);
        add("CONNECT", request("CONNECT", "evil:443", ""), 400, 404, 405);
        add("HEAD /chat", request("HEAD", "/chat", ""), 404, 405);
        add("HEAD of events", request("HEAD", "/runs/" + runId + "/events", ""), 404, 405);
        add("an override", request("GET", "/health", "X-HTTP-Method-Override: DELETE\r\n"), 200);
    }

    private void paths() {
        for (String path :
                List.of(
                        "//",
                        "//chat",
                        "/chat/",
                        "/CHAT",
                        "/chat;x=y",
                        "/chat;jsessionid=1",
                        "/chat%00",
                        "/%2e%2e%2fetc/passwd",
                        "/../../etc/passwd",
                        "/..%5c..%5cx",
                        "/docs/assets/..%2f..%2fapplication.yml",
                        "/docs/assets/%2e%2e/x",
                        "/docs/assets/../../application.yml",
                        "/docs/assets/%00",
                        "/v1/",
                        "/v1/x",
                        "/v1//threads",
                        "/runs/",
                        "/runs/%00",
                        "/runs/..%2fhealth",
                        "/runs/run_x;y",
                        "/runs/' OR 1=1",
                        "/runs/%F0%9F%8C%8A",
                        "/runs/" + "a".repeat(3_000),
                        "/v1/threads/%00",
                        "/v1/threads/thread_x%2f..",
                        "/v1/threads/thread_%e2%80%ae",
                        "/v1/threads/" + "a".repeat(3_000) + "/messages",
                        "/actuator",
                        "/env",
                        "/beans",
                        "/loggers",
                        "/.env",
                        "/WEB-INF/web.xml",
                        "/swagger")) {
            add("path " + shown(path), request("GET", path, ""), 400, 404, 405);
        }
        for (String path :
                List.of("/runs/%", "/runs/%zz", "/%", "/health%", "/start?assistant_id=%zz")) {
            add("escape " + path, request("GET", path, ""), 400, 404);
        }
        add("a query of 64 KB", request("GET", "/health?" + "a".repeat(65_536), ""), 413, 414);
        add("a path of 64 KB", request("GET", "/" + "a".repeat(65_536), ""), 413, 414);
        add("no path", request("GET", "health", ""), 400, 404);
        add("a whole address", request("GET", "http://evil.example/health", ""), 200, 400, 404);
        add("another scheme", request("GET", "file:///etc/passwd", ""), 400, 404);
        add("a fragment", request("GET", "/health#x", ""), 200, 400, 404);
        add("raw UTF-8", request("GET", "/runs/ü🌊", ""), 400, 404);
        add("10,000 parameters", request("GET", "/health?" + "a&".repeat(1_500), ""), 200, 400);
        add("an unknown assistant", request("GET", "/start?assistant_id=nobody", ""), 404);
        add("an empty assistant", request("GET", "/start?assistant_id=", ""), 200, 404);
        add("an assistant with U+0000", request("GET", "/start?assistant_id=%00", ""), 404);
    }

    private void headers() {
        header("a header of 8 KB", "X: " + "a".repeat(8_200), 413, 431);
        header("a header of 1 MB", "X: " + "a".repeat(1_000_000), 413, 431, CLOSED);
        header("1,000 headers", "a: bcdef\r\n".repeat(2_000) + "z: z", 413, 431);
        header("a header without a name", ": x", 200, 400);
        header("a header without a colon", "nonsense", 200, 400);
        header("a space before the colon", "Accept : x", 200, 400);
        header("a folded header", "X: a\r\n b", 200, 400);
        header("U+0000 in a value", "X: a\u0000b", 200, 400);
        header("a control character in a name", "X\u0001: a", 400);
        header("a bare CR in a value", "X: a\rY: b", 200, 400);
        header("two hosts", "Host: evil", 200, 400);
        header("a forged address", "X-Forwarded-For: 10.0.0.1, ::garbage, 999.9.9.9", 200);
        header("a forged user", "X-User-Id: admin", 200);
        header("a garbage trace", "traceparent: 00-zz-zz-zz", 200);
        header("a correlation id of 5 KB", "X-Correlation-ID: " + "a".repeat(5_000), 200);
        header("an origin of null", "Origin: null", 200, 403);
        header("two authorizations", "Authorization: a\r\nAuthorization: b", 200, 400);
        header("accepts nothing we have", "Accept: application/xml", 200, 406);
        header("a garbage accept", "Accept: ;;;q=x,/", 200, 400, 406);
        header("10,000 languages", "Accept-Language: " + "x-a,".repeat(1_800), 200, 400);
        header("a cookie", "Cookie: " + "a=b;".repeat(1_000), 200, 400);
        header("a range", "Range: bytes=0-99999999999999999999", 200, 400, 416);
        header("a condition", "If-Modified-Since: yesterday", 200, 400);
        header("an upgrade to h2c", "Upgrade: h2c\r\nHTTP2-Settings: x", 200, 400);
        add("xml of assistants", request("GET", "/assistants", "Accept: text/xml\r\n"), 200, 406);
        add(
                "json of events",
                request("GET", "/runs/" + runId + "/events", "Accept: a/b\r\n"),
                200,
                406);
        add(
                "event stream at q=0",
                request(
                        "POST",
                        "/chat",
                        "Accept: text/event-stream;q=0\r\n",
                        MESSAGE.getBytes(UTF_8)),
                200);
    }

    private void idempotencyKeys() {
        for (String key : List.of("", "x".repeat(256), "ümlaut", "a\tb", "x".repeat(4_000))) {
            add(
                    "idempotency key '" + shown(key) + "'",
                    request(
                            "POST",
                            "/chat",
                            "Idempotency-Key: " + key + "\r\n",
                            MESSAGE.getBytes(UTF_8)),
                    400);
        }
    }

    private void cursors() {
        String events = "/runs/" + runId + "/events";
        for (String cursor :
                List.of(
                        "x",
                        "-1",
                        "9223372036854775808",
                        runId,
                        runId + ":",
                        runId + ":1",
                        runId + ":-1--1",
                        runId + ":1-x",
                        runId + ":99999999999999999999-1",
                        otherRunId + ":1-1",
                        "run_x:1-1",
                        "a".repeat(4_000),
                        "' OR 1=1",
                        "1a2b_x_7")) {
            String header = "Last-Event-ID: " + cursor + "\r\n";
            add("cursor " + shown(cursor), request("GET", events, header), 400, 404);
            add(
                    "cursor of /chat " + shown(cursor),
                    request(
                            "POST",
                            "/chat",
                            header + "Accept: text/event-stream\r\n",
                            MESSAGE.replace("new", threadId).getBytes(UTF_8)),
                    404);
        }
        add(
                "a cursor beyond the end",
                request("GET", events + "?after=" + runId + ":1-9999", ""),
                200,
                400,
                404);
        add(
                "a cursor of a later epoch",
                request("GET", events + "?after=" + runId + ":9-1", ""),
                200,
                400,
                404);
        add("an empty after", request("GET", events + "?after=", ""), 400);
        add(
                "after and header disagree",
                request(
                        "GET",
                        events + "?after=" + runId + ":1-1",
                        "Last-Event-ID: " + runId + ":1-2\r\n"),
                400);
        add(
                "events of nobody's run",
                request("GET", "/runs/run_AAAAAAAAAAAAAAAAAAAAAAAA/events", ""),
                404);
        add("a finished run's events", request("GET", events, ""), 200);
        add(
                "cancels a finished run",
                request("POST", "/runs/" + runId + "/cancel", "", bytes()),
                400);
    }

    private void pages() {
        String list = "/v1/threads/" + threadId + "/messages?";
        for (String query :
                List.of(
                        "limit=0",
                        "limit=-1",
                        "limit=1000000000",
                        "limit=99999999999999999999",
                        "limit=abc",
                        "limit=1.5",
                        "limit=",
                        "limit=%00",
                        "order=up",
                        "order=",
                        "after=x",
                        "after=run_x",
                        "before=x",
                        "after=msg_a&before=msg_b",
                        "after=msg_AAAAAAAAAAAAAAAAAAAAAAAA",
                        "after=%00",
                        "after=msg_%00",
                        "limit=%D9%A1",
                        "limit=1e1",
                        "limit=+1")) {
            add("page " + query, request("GET", list + query, ""), 400);
        }
        add("limit twice", request("GET", list + "limit=1&limit=2", ""), 200, 400);
    }

    private void header(String name, String line, Integer... allowed) {
        add("header: " + name, request("GET", "/health", line + "\r\n"), allowed);
    }

    private void add(String name, byte[] bytes, Integer... allowed) {
        inputs.add(BadInput.of(name, bytes, allowed));
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
