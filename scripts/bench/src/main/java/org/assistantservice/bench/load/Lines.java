package org.assistantservice.bench.load;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;

/// Cuts a stream of bytes into lines, whatever the pieces it arrives in. For one thread.
final class Lines {
    private byte[] pending = new byte[4096];
    private int length;

    /// Takes the bytes; `line` gets every line that is whole now, without its LF or CRLF.
    void feed(ByteBuf content, Consumer<Bytes> line) {
        int scanned = length;
        append(content);
        int start = 0;
        for (int i = scanned; i < length; i++) {
            if (pending[i] == '\n') {
                int end = i > start && pending[i - 1] == '\r' ? i - 1 : i;
                if (end > start) {
                    line.accept(new Bytes(pending, start, end));
                }
                start = i + 1;
            }
        }
        System.arraycopy(pending, start, pending, 0, length - start);
        length -= start;
    }

    void clear() {
        length = 0;
    }

    private void append(ByteBuf content) {
        int more = content.readableBytes();
        if (length + more > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(2 * pending.length, length + more));
        }
        content.readBytes(pending, length, more);
        length += more;
    }
}
