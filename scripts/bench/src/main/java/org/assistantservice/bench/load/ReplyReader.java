package org.assistantservice.bench.load;

import io.netty.buffer.ByteBuf;
import org.assistantservice.bench.chat.Chat;
import org.jspecify.annotations.Nullable;

/// Finds the tokens of one chat in what a server streams: in `thread.message.delta` events and in
/// Chat Completions chunks. Scans bytes, parses no JSON; several tokens in one delta count as well.
/// For one thread.
final class ReplyReader {
    private static final byte[] DATA = Bytes.ascii("data: ");
    private static final byte[] DELTA = Bytes.ascii("\"object\":\"thread.message.delta\"");
    private static final byte[] VALUE = Bytes.ascii("\"value\":\"");
    private static final byte[] CHUNK = Bytes.ascii("\"delta\":{\"content\":\"");
    private static final byte[] COMPLETED = Bytes.ascii("\"event\":\"thread.run.completed\"}");
    private static final byte[] METADATA = Bytes.ascii("\"event\":\"metadata\"}");
    private static final byte[] FAILED = Bytes.ascii("\"event\":\"thread.run.failed\"}");
    private static final byte[] ERROR = Bytes.ascii("{\"error\":");
    private static final byte[] SOCKET_ERROR = Bytes.ascii("{\"event\":\"error\"");
    private static final byte[] DONE = Bytes.ascii("[DONE]");

    private final Tally tally;
    private final Lines lines = new Lines();
    private @Nullable Chat chat;
    private long now;
    private boolean over;

    ReplyReader(Tally tally) {
        this.tally = tally;
    }

    /// What follows belongs to this chat.
    void begin(Chat next) {
        chat = next;
        over = false;
        lines.clear();
    }

    /// Takes a piece of an event stream.
    void stream(ByteBuf content, long time) {
        now = time;
        lines.feed(content, this::line);
    }

    /// Takes one frame of a socket.
    ///
    /// @return whether it was the last of its turn
    boolean frame(Bytes payload, long time) {
        now = time;
        payload(payload);
        return over || payload.endsWith(METADATA);
    }

    private void line(Bytes line) {
        if (line.startsWith(DATA)) {
            payload(new Bytes(line.bytes(), line.from() + DATA.length, line.to()));
        }
    }

    private void payload(Bytes payload) {
        Chat current = chat;
        if (current == null) {
            return;
        }
        int text = textOf(payload);
        if (text >= 0) {
            tokens(current, payload, text);
        } else if (payload.endsWith(COMPLETED) || payload.startsWith(DONE)) {
            current.finished();
        } else if (payload.endsWith(FAILED)
                || payload.startsWith(ERROR)
                || payload.startsWith(SOCKET_ERROR)) {
            over = true;
            tally.problem("chat %d: %s".formatted(current.number(), payload.text()), 1);
        }
    }

    private static int textOf(Bytes payload) {
        int chunk = payload.after(CHUNK, payload.from());
        if (chunk >= 0) {
            return chunk;
        }
        int delta = payload.after(DELTA, payload.from());
        return delta < 0 ? -1 : payload.after(VALUE, delta);
    }

    /// Tokens as ` s<chat>.<sequence>` one after the other, up to the closing quote.
    private void tokens(Chat current, Bytes payload, int start) {
        byte[] bytes = payload.bytes();
        int at = start;
        while (at + 1 < payload.to() && bytes[at] == ' ' && bytes[at + 1] == 's') {
            int dot = endOfNumber(payload, at + 2);
            int end = endOfNumber(payload, dot + 1);
            int number = number(bytes, at + 2, dot);
            if (number == current.number()) {
                tally.token(current, number(bytes, dot + 1, end), now);
            } else {
                tally.foreign(current, number);
            }
            at = end;
        }
        if (at < payload.to() && bytes[at] != '"') {
            tally.problem("not a token: " + payload.text(), 1);
        }
    }

    private static int endOfNumber(Bytes payload, int from) {
        int at = from;
        while (at < payload.to() && payload.bytes()[at] >= '0' && payload.bytes()[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }
}
