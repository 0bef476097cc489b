package org.assistantservice.assistant.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A server of the part of the Google Cloud Storage JSON API that the store uses, over real HTTP:
/// generations, preconditions, multipart uploads, pages of two objects, and faults on request.
final class FakeGcs implements AutoCloseable {
    static final String BUCKET = "bucket";
    private static final int PAGE = 2;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private final Deque<Integer> faults = new ArrayDeque<>();
    private long generations = 1_700_000_000_000_000L;
    final AtomicInteger downloads = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();

    /// @param content one character for each byte
    private record Stored(String content, long generation) {}

    /// @param body one character for each byte
    private record Reply(int status, String body) {
        static Reply json(JsonNode node) {
            return new Reply(200, bytes(JSON.writeValueAsBytes(node)));
        }

        static Reply error(int status) {
            ObjectNode root = JSON.createObjectNode();
            root.putObject("error").put("code", status).put("message", "secret text of the server");
            return new Reply(status, bytes(JSON.writeValueAsBytes(root)));
        }
    }

    FakeGcs() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String endpoint() {
        return "http://%s:%d"
                .formatted(
                        server.getAddress().getAddress().getHostAddress(),
                        server.getAddress().getPort());
    }

    synchronized void place(String name, byte[] content) {
        put(name, bytes(content));
    }

    private Stored put(String name, String content) {
        var stored = new Stored(content, ++generations);
        objects.put(name, stored);
        return stored;
    }

    private static String bytes(byte[] content) {
        return new String(content, ISO_8859_1);
    }

    /// The next requests are answered with these statuses, one each.
    synchronized void fail(Integer... statuses) {
        faults.addAll(Arrays.asList(statuses));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            byte[] body = body(exchange);
            Reply reply = reply(exchange, body);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
            exchange.sendResponseHeaders(
                    reply.status(), reply.body().isEmpty() ? -1 : reply.body().length());
            exchange.getResponseBody().write(reply.body().getBytes(ISO_8859_1));
        }
    }

    private synchronized Reply reply(HttpExchange exchange, byte[] body) {
        Integer fault = faults.poll();
        if (fault != null) {
            return Reply.error(fault);
        }
        String path = exchange.getRequestURI().getRawPath();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String root = "/storage/v1/b/" + BUCKET + "/o";
        if (path.equals("/upload" + root)) {
            return upload(exchange, query, body);
        }
        String plain = path.startsWith("/download") ? path.substring(9) : path;
        if (plain.equals(root)) {
            return list(query);
        }
        if (!plain.startsWith(root + "/")) {
            return Reply.error(404);
        }
        String name = URLDecoder.decode(plain.substring(root.length() + 1), UTF_8);
        return exchange.getRequestMethod().equals("DELETE")
                ? delete(name, query)
                : get(name, query);
    }

    private Reply upload(HttpExchange exchange, Map<String, String> query, byte[] body) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        List<String> parts = MultipartRelated.parts(type, body);
        byte[] metadata = parts.get(0).getBytes(ISO_8859_1);
        String name = JSON.readTree(metadata).path("name").stringValue();
        Stored current = objects.get(name);
        if (!holds(query, current)) {
            return Reply.error(412);
        }
        return Reply.json(metadata(name, put(name, parts.get(1))));
    }

    private Reply get(String name, Map<String, String> query) {
        Stored object = objects.get(name);
        String generation = query.get("generation");
        if (object == null
                || (generation != null && Long.parseLong(generation) != object.generation())) {
            return Reply.error(404);
        }
        if ("media".equals(query.get("alt"))) {
            downloads.incrementAndGet();
            return new Reply(200, object.content());
        }
        return Reply.json(metadata(name, object));
    }

    private Reply delete(String name, Map<String, String> query) {
        Stored current = objects.get(name);
        if (current == null) {
            return Reply.error(404);
        }
        if (!holds(query, current)) {
            return Reply.error(412);
        }
        objects.remove(name);
        return new Reply(204, "");
    }

    private Reply list(Map<String, String> query) {
        ObjectNode root = JSON.createObjectNode().put("kind", "storage#objects");
        ArrayNode items = root.putArray("items");
        String prefix = query.getOrDefault("prefix", "");
        String from = query.getOrDefault("pageToken", prefix);
        for (var entry : objects.tailMap(from, true).entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith(prefix)) {
                break;
            }
            if (name.indexOf('/', prefix.length()) >= 0) {
                root.withArray("prefixes").add(name.substring(0, name.lastIndexOf('/') + 1));
            } else if (items.size() == PAGE) {
                root.put("nextPageToken", name);
                break;
            } else {
                items.add(metadata(name, entry.getValue()));
            }
        }
        return Reply.json(root);
    }

    private static boolean holds(Map<String, String> query, @Nullable Stored current) {
        String expected = query.get("ifGenerationMatch");
        long generation = current == null ? 0 : current.generation();
        return expected == null || Long.parseLong(expected) == generation;
    }

    private static ObjectNode metadata(String name, Stored object) {
        return JSON.createObjectNode()
                .put("kind", "storage#object")
                .put("bucket", BUCKET)
                .put("name", name)
                .put("generation", Long.toString(object.generation()))
                .put("size", Integer.toString(object.content().length()));
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
            }
        }
        return query;
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        if ("gzip".equals(encoding)) {
            try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return unzipped.readAllBytes();
            }
        }
        return body;
    }

    /// The body of an upload: the object's metadata, then its content.
    private static final class MultipartRelated {
        private static final String EMPTY_LINE = "\r\n\r\n";

        static List<String> parts(String contentType, byte[] body) {
            String boundary = contentType.replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1");
            String[] sections = new String(body, ISO_8859_1).split("(\r\n)?--" + boundary, -1);
            return Arrays.stream(sections)
                    .filter(it -> it.contains(EMPTY_LINE))
                    .map(it -> it.substring(it.indexOf(EMPTY_LINE) + EMPTY_LINE.length()))
                    .toList();
        }
    }
}
