package org.assistantservice.protocol.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads an event stream frame by frame.
final class SseStream implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    SseStream(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    /// The next frame, comments included; null at the end of the body.
    @Nullable Frame next() throws IOException {
        List<String> frame = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                return new Frame(frame);
            }
            frame.add(line);
        }
        if (!frame.isEmpty()) {
            throw new IOException("The body ended within a frame: " + frame);
        }
        return null;
    }

    List<Frame> rest() throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = next(); frame != null; frame = next()) {
            frames.add(frame);
        }
        return frames;
    }

    List<Frame> take(int count) throws IOException {
        List<Frame> frames = new ArrayList<>();
        while (frames.size() < count) {
            Frame frame = next();
            if (frame == null) {
                throw new IOException("The body ended after " + frames);
            }
            frames.add(frame);
        }
        return frames;
    }

    /// Closes the connection.
    void leave() throws IOException {
        response.body().close();
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }

    record Frame(List<String> lines) {
        Frame {
            lines = List.copyOf(lines);
        }

        /// The text that the frames' deltas make together.
        static String text(List<Frame> frames) {
            StringBuilder text = new StringBuilder();
            for (Frame frame : frames) {
                if (frame.event().equals("thread.message.delta")) {
                    text.append(frame.data().at("/data/delta/content/0/text/value").stringValue());
                }
            }
            return text.toString();
        }

        boolean isComment() {
            return lines.getFirst().startsWith(":");
        }

        @Nullable String field(String name) {
            return lines.stream()
                    .filter(it -> it.startsWith(name + ": "))
                    .map(it -> it.substring(name.length() + 2))
                    .findFirst()
                    .orElse(null);
        }

        String event() {
            String event = field("event");
            return event == null ? "" : event;
        }

        JsonNode data() {
            return JSON.readTree(field("data"));
        }
    }
}
