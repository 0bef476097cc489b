package org.assistantservice.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads one server-sent event stream from a plain socket, byte by byte, so that framing is seen as
/// it is. Not thread-safe.
final class SseClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Socket socket;
    private final HttpStream body;
    private final StringBuilder raw = new StringBuilder();
    private final List<Frame> frames = new ArrayList<>();
    private int comments;

    private SseClient(Socket socket, HttpStream body) {
        this.socket = socket;
        this.body = body;
    }

    /// One frame of the stream.
    ///
    /// @param fields names of the frame's lines in their order
    record Frame(@Nullable String id, String event, String data, List<String> fields, String raw) {
        JsonNode json() {
            return JSON.readTree(data);
        }

        /// The `data` member of a run event's frame.
        JsonNode object() {
            return json().get("data");
        }
    }

    /// Posts a message and opens the stream of its run.
    static SseClient post(URI chat, String json, Map<String, String> headers) throws IOException {
        return open("POST", chat, json, headers);
    }

    static SseClient get(URI events, Map<String, String> headers) throws IOException {
        return open("GET", events, "", headers);
    }

    private static SseClient open(
            String method, URI uri, String content, Map<String, String> headers)
            throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
        byte[] bytes = content.getBytes(UTF_8);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", uri.getAuthority());
        all.put("Accept", "text/event-stream");
        if (method.equals("POST")) {
            all.put("Content-Type", "application/json");
            all.put("Content-Length", Integer.toString(bytes.length));
        }
        all.putAll(headers);
        StringBuilder request = new StringBuilder(method + " " + uri.getRawPath());
        request.append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        request.append(" HTTP/1.1\r\n");
        all.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        OutputStream out = socket.getOutputStream();
        out.write(request.append("\r\n").toString().getBytes(UTF_8));
        out.write(bytes);
        out.flush();
        return new SseClient(socket, HttpStream.of(socket.getInputStream()));
    }

    int status() {
        return body.status();
    }

    /// A response header, or empty.
    String header(String name) {
        return body.header(name.toLowerCase(Locale.ROOT));
    }

    /// Everything read so far, as it came.
    String raw() {
        return raw.toString();
    }

    List<Frame> frames() {
        return frames;
    }

    /// Comment lines read so far.
    int comments() {
        return comments;
    }

    /// Reads to the end of the body.
    List<Frame> readAll() throws IOException {
        while (next() != null) {
            // next() keeps what it reads
        }
        return frames;
    }

    /// Reads until a frame fits, which is returned; null if the body ended before.
    @Nullable Frame readUntil(Predicate<Frame> fits) throws IOException {
        Frame frame;
        do {
            frame = next();
        } while (frame != null && !fits.test(frame));
        return frame;
    }

    /// Reads the next frame; null at the end of the body.
    @Nullable Frame next() throws IOException {
        StringBuilder block = new StringBuilder();
        String line;
        while ((line = body.line()) != null) {
            raw.append(line);
            if (line.isBlank()) {
                if (!block.isEmpty()) {
                    Frame frame = frame(block.toString());
                    if (frame != null) {
                        frames.add(frame);
                        return frame;
                    }
                    block.setLength(0);
                }
            } else {
                block.append(line);
            }
        }
        return null;
    }

    /// The whole text that a reader shows: deltas joined, begun anew at a reset.
    static String text(List<Frame> frames) {
        StringBuilder text = new StringBuilder();
        for (Frame frame : frames) {
            if (frame.event().equals("reset")) {
                text.setLength(0);
            } else if (frame.event().equals("thread.message.delta")) {
                for (JsonNode part : frame.object().get("delta").get("content")) {
                    text.append(part.get("text").get("value").asString());
                }
            }
        }
        return text.toString();
    }

    static List<String> names(List<Frame> frames) {
        return frames.stream().map(Frame::event).toList();
    }

    /// Leaves as a client does whose line is cut.
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private @Nullable Frame frame(String block) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> fields = new ArrayList<>();
        for (String line : block.split("\r\n|\n", 0)) {
            if (line.startsWith(":")) {
                comments++;
            } else {
                int colon = line.indexOf(':');
                String name = colon < 0 ? line : line.substring(0, colon);
                fields.add(name);
                values.merge(
                        name, line.substring(colon + 1).stripLeading(), (a, b) -> a + "\n" + b);
            }
        }
        if (fields.isEmpty()) {
            return null;
        }
        return new Frame(
                values.get("id"),
                values.getOrDefault("event", ""),
                values.getOrDefault("data", ""),
                fields,
                block);
    }

    /// The head and the decoded body of one HTTP/1.1 response.
    private static final class HttpStream {
        private final InputStream in;
        private final int status;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private long left;
        private boolean ended;

        private HttpStream(InputStream in, int status) {
            this.in = in;
            this.status = status;
        }

        static HttpStream of(InputStream in) throws IOException {
            String first = rawLine(in);
            HttpStream stream =
                    new HttpStream(in, Integer.parseInt(first.split(" ", -1)[1].strip()));
            for (String header = rawLine(in).strip();
                    !header.isEmpty();
                    header = rawLine(in).strip()) {
                int colon = header.indexOf(':');
                stream.headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
            if (!stream.isChunked()) {
                stream.left = Long.parseLong(stream.headers.getOrDefault("content-length", "0"));
                stream.ended = stream.left == 0;
            }
            return stream;
        }

        int status() {
            return status;
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /// The next line of the body with its end, or null after the last.
        @Nullable String line() throws IOException {
            var line = new java.io.ByteArrayOutputStream();
            int b;
            while ((b = read()) >= 0) {
                line.write(b);
                if (b == '\n') {
                    break;
                }
            }
            return line.size() == 0 ? null : line.toString(UTF_8);
        }

        private boolean isChunked() {
            return header("transfer-encoding").equalsIgnoreCase("chunked");
        }

        private int read() throws IOException {
            if (left == 0 && !ended) {
                left = isChunked() ? Long.parseLong(rawLine(in).strip(), 16) : 0;
                ended = left == 0;
            }
            if (ended) {
                return -1;
            }
            int b = in.read();
            left--;
            if (left == 0 && isChunked()) {
                rawLine(in);
            }
            return b;
        }

        private static String rawLine(InputStream in) throws IOException {
            var line = new java.io.ByteArrayOutputStream();
            int b;
            while ((b = in.read()) >= 0) {
                line.write(b);
                if (b == '\n') {
                    return line.toString(UTF_8);
                }
            }
            throw new IOException("The connection ended in the middle: " + line.toString(UTF_8));
        }
    }
}
