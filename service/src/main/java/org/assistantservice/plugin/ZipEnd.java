package org.assistantservice.plugin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The record at the end of a ZIP file. Read before anything else, because the JDK loads the whole
/// directory of entries, however large, when it opens a file.
///
/// @param entries how many entries the file says it has
/// @param directorySize bytes of the directory of entries
record ZipEnd(int entries, long directorySize) {
    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int ENTRIES = 10;
    private static final int DIRECTORY_SIZE = 12;
    private static final int COMMENT_LENGTH = 20;
    private static final int ZIP64_ENTRIES = 0xFFFF;
    private static final long ZIP64_SIZE = 0xFFFF_FFFFL;

    /// Finds the record; empty if the file has none.
    static Optional<ZipEnd> of(Path file) throws IOException {
        ByteBuffer tail = tail(file);
        for (int at = tail.limit() - LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == SIGNATURE
                    && unsignedShort(tail, at + COMMENT_LENGTH) == tail.limit() - LENGTH - at) {
                return Optional.of(
                        new ZipEnd(
                                unsignedShort(tail, at + ENTRIES),
                                Integer.toUnsignedLong(tail.getInt(at + DIRECTORY_SIZE))));
            }
        }
        return Optional.empty();
    }

    /// Whether the true numbers stand elsewhere, as they do in very large files only.
    boolean isZip64() {
        return entries == ZIP64_ENTRIES || directorySize == ZIP64_SIZE;
    }

    private static ByteBuffer tail(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            int length = (int) Math.min(channel.size(), LENGTH + MAX_COMMENT);
            ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            channel.position(channel.size() - length);
            while (tail.hasRemaining()) {
                if (channel.read(tail) < 0) {
                    break;
                }
            }
            return tail.flip();
        }
    }

    private static int unsignedShort(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }
}
