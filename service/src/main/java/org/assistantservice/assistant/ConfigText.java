package org.assistantservice.assistant;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Turns the bytes of a configuration into text: strict UTF-8, an optional byte order mark, at most
/// [#MAX_BYTES].
public final class ConfigText {
    /// Size of the largest configuration, in bytes.
    public static final int MAX_BYTES = 1024 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private ConfigText() {}

    /// What a store answers for a document with this content.
    ///
    /// @param bytes the content; one byte more than [#MAX_BYTES] is enough of a larger one
    public static StoredConfig stored(String name, String generation, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return new StoredConfig.Unreadable(
                    name, generation, "is larger than %d bytes".formatted(MAX_BYTES));
        }
        int start = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                            .toString();
            return text.isBlank()
                    ? new StoredConfig.Unreadable(name, generation, "is empty")
                    : new StoredConfig.Content(name, generation, text);
        } catch (CharacterCodingException _) {
            return new StoredConfig.Unreadable(name, generation, "is not valid UTF-8");
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3);
    }
}
