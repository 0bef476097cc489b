package org.assistantservice.protocol.commander;

import io.micronaut.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads names from paths. Names are often e-mail addresses: `+` is itself, not a space.
final class UserPaths {
    private static final int HEX = 16;

    private UserPaths() {}

    /// The rest of the path after `prefix`, decoded; empty if there is none. What is not encoded as
    /// it should be is taken as it is.
    static String nameAfter(String prefix, HttpRequest<?> request) {
        String path = request.getUri().getRawPath();
        int start = path.indexOf(prefix);
        return start < 0 ? "" : decoded(path.substring(start + prefix.length()));
    }

    private static String decoded(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? digit(bytes[i + 1]) : -1;
            int low = high < 0 ? -1 : digit(bytes[i + 2]);
            if (low < 0) {
                plain.put(bytes[i]);
            } else {
                plain.put((byte) (high * HEX + low));
                i += 2;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString();
        } catch (CharacterCodingException e) {
            return raw;
        }
    }

    private static int digit(byte character) {
        return Character.digit(character, HEX);
    }
}
