package org.assistantservice.identity;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Names a file.
///
/// @param value `file-` and up to 24 base62 characters
public record FileId(String value) {
    private static final String PREFIX = "file-";
    private static final int DIGEST_BYTES = 12;

    public FileId {
        Ids.checked(PREFIX, value);
    }

    /// A new id that nobody can guess.
    public static FileId random() {
        return new FileId(Ids.random(PREFIX));
    }

    /// The id that belongs to a key: the same each time.
    public static FileId ofKey(String key) {
        byte[] digest = Sha256.of(key.getBytes(StandardCharsets.UTF_8));
        return new FileId(PREFIX + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES));
    }

    /// The id that a caller sent, or empty if the text cannot be one: such an id names nothing, so
    /// the answer is "not found" without asking any store.
    public static Optional<FileId> parse(String text) {
        return Ids.isWellFormed(PREFIX, text) ? Optional.of(new FileId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
