package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a stream of bytes into server-sent events. Lines may end in LF, CR or CRLF; comments and
/// unknown fields are passed over. Used by one thread.
final class SseFrames {
    private static final int MAX_LINE = 16 * 1024 * 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String id = "";
    private String event = "";
    private boolean hasData;
    private boolean afterReturn;

    /// The frames that these bytes complete, in order.
    ///
    /// @throws IllegalStateException if a line is longer than 16 MB
    List<SseFrame> feed(byte[] bytes) {
        List<SseFrame> frames = new ArrayList<>();
        for (byte next : bytes) {
            if (next == '\n' && afterReturn) {
                afterReturn = false;
            } else if (next == '\n' || next == '\r') {
                afterReturn = next == '\r';
                endOfLine().ifPresent(frames::add);
            } else {
                afterReturn = false;
                line.write(next);
                if (line.size() > MAX_LINE) {
                    throw new IllegalStateException("A line of the stream is over 16 MB");
                }
            }
        }
        return frames;
    }

    private Optional<SseFrame> endOfLine() {
        String text = line.toString(UTF_8);
        line.reset();
        if (!text.isEmpty()) {
            field(text);
            return Optional.empty();
        }
        Optional<SseFrame> frame =
                hasData ? Optional.of(new SseFrame(id, event, data.toString())) : Optional.empty();
        data.setLength(0);
        hasData = false;
        event = "";
        id = "";
        return frame;
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        if (value.startsWith(" ")) {
            value = value.substring(1);
        }
        switch (name) {
            case "id" -> id = value;
            case "event" -> event = value;
            case "data" -> {
                data.append(hasData ? "\n" : "").append(value);
                hasData = true;
            }
            default -> {
                // A comment has no name; retry is not followed, since the waits are our own.
            }
        }
    }

    /// @param id where to resume behind this frame; empty if it has none
    record SseFrame(String id, String event, String data) {}
}
