package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.PROTOCOL;

import java.util.Arrays;

/// Cuts the bytes of a server-sent event stream into events, however the network has split them.
///
/// Lines may end in LF, CR or CRLF, mixed; a BOM, comments, `id`, `retry` and unknown fields are
/// skipped; `data:` needs no space; several data lines of an event are joined by LF. Usually an
/// event is one whole line of the buffer just read, and is handed on without a copy. For one
/// thread.
final class SseParser {
    /// Takes the events.
    interface Events {
        /// The data of one event, never empty, valid during the call only.
        ///
        /// @param named whether the event has a name other than `message`
        void event(byte[] bytes, int from, int to, boolean named) throws AttemptFailedException;
    }

    private static final byte[] NONE = {};
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
    private static final byte[] MESSAGE = {'m', 'e', 's', 's', 'a', 'g', 'e'};
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Events events;
    private final int maxEventBytes;

    // The beginning of a line whose end has not arrived.
    private byte[] partial = NONE;
    private int partialLength;
    private boolean firstLine = true;
    private boolean skipLineFeed;

    // The event so far: a slice of the buffer just read, or an array of its own.
    private byte[] data = NONE;
    private int dataFrom;
    private int dataTo;
    private boolean hasData;
    private boolean lineIsBorrowed;
    private boolean dataIsBorrowed;
    private boolean named;

    SseParser(Events events, int maxEventBytes) {
        this.events = events;
        this.maxEventBytes = maxEventBytes;
    }

    /// Takes the next bytes; `buffer` may be overwritten afterwards.
    void feed(byte[] buffer, int from, int to) throws AttemptFailedException {
        boolean isPair = skipLineFeed && from < to && buffer[from] == '\n';
        skipLineFeed &= from == to;
        int lineStart = isPair ? from + 1 : from;
        int at = lineStart;
        while (at < to) {
            byte next = buffer[at];
            if (next == '\n' || next == '\r') {
                endLine(buffer, lineStart, at);
                boolean pair = next == '\r' && at + 1 < to && buffer[at + 1] == '\n';
                skipLineFeed = next == '\r' && at + 1 == to;
                lineStart = at + (pair ? 2 : 1);
                at = lineStart;
            } else {
                at++;
            }
        }
        keep(buffer, lineStart, to);
        if (hasData && dataIsBorrowed) {
            own();
        }
    }

    /// The stream has ended: what has arrived of the last event counts.
    void end() throws AttemptFailedException {
        if (partialLength > 0) {
            endLine(NONE, 0, 0);
        }
        dispatch();
    }

    private void endLine(byte[] buffer, int from, int to) throws AttemptFailedException {
        lineIsBorrowed = partialLength == 0;
        if (lineIsBorrowed) {
            line(buffer, from, to);
            return;
        }
        keep(buffer, from, to);
        byte[] whole = partial;
        int length = partialLength;
        partial = NONE;
        partialLength = 0;
        line(whole, 0, length);
    }

    private void keep(byte[] buffer, int from, int to) throws AttemptFailedException {
        int more = to - from;
        checkSize((long) partialLength + more);
        if (more == 0) {
            return;
        }
        if (partialLength + more > partial.length) {
            int grown = Math.max(partialLength + more, partial.length * 2);
            partial = Arrays.copyOf(partial, Math.min(grown, maxEventBytes));
        }
        System.arraycopy(buffer, from, partial, partialLength, more);
        partialLength += more;
    }

    private void line(byte[] bytes, int start, int to) throws AttemptFailedException {
        int from = start;
        if (firstLine) {
            firstLine = false;
            from += startsWith(bytes, from, to, BOM) ? BOM.length : 0;
        }
        if (from == to) {
            dispatch();
        } else if (isField(bytes, from, to, DATA)) {
            addData(bytes, valueStart(bytes, from, to, DATA), to);
        } else if (isField(bytes, from, to, EVENT)) {
            int value = valueStart(bytes, from, to, EVENT);
            named = value < to && !Arrays.equals(bytes, value, to, MESSAGE, 0, MESSAGE.length);
        }
    }

    private void addData(byte[] bytes, int from, int to) throws AttemptFailedException {
        if (!hasData) {
            hasData = true;
            data = bytes;
            dataIsBorrowed = lineIsBorrowed;
            dataFrom = from;
            dataTo = to;
            checkSize(to - from);
            return;
        }
        int length = dataTo - dataFrom;
        checkSize((long) length + 1 + to - from);
        byte[] joined = new byte[length + 1 + to - from];
        System.arraycopy(data, dataFrom, joined, 0, length);
        joined[length] = '\n';
        System.arraycopy(bytes, from, joined, length + 1, to - from);
        data = joined;
        dataIsBorrowed = false;
        dataFrom = 0;
        dataTo = joined.length;
    }

    private void dispatch() throws AttemptFailedException {
        boolean any = hasData && dataFrom < dataTo;
        byte[] bytes = data;
        boolean hasName = named;
        hasData = false;
        named = false;
        data = NONE;
        if (any) {
            events.event(bytes, dataFrom, dataTo, hasName);
        }
    }

    private void own() {
        data = Arrays.copyOfRange(data, dataFrom, dataTo);
        dataIsBorrowed = false;
        dataTo -= dataFrom;
        dataFrom = 0;
    }

    private void checkSize(long bytes) throws AttemptFailedException {
        if (bytes > maxEventBytes) {
            throw AttemptFailedException.last(
                    PROTOCOL,
                    "An event of the stream is longer than %d bytes".formatted(maxEventBytes));
        }
    }

    private static boolean isField(byte[] bytes, int from, int to, byte[] name) {
        int end = from + name.length;
        return startsWith(bytes, from, to, name) && (end == to || bytes[end] == ':');
    }

    private static int valueStart(byte[] bytes, int from, int to, byte[] name) {
        int value = Math.min(to, from + name.length + 1);
        return value < to && bytes[value] == ' ' ? value + 1 : value;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        return to - from >= prefix.length
                && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
