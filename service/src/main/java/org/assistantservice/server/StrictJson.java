package org.assistantservice.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a caller's JSON so that two readers can never understand it differently: no duplicate
/// keys, no text after the value, strict UTF-8, and explicit limits on depth and on the length of
/// numbers. Thread-safe.
public final class StrictJson {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_STRING = 1024 * 1024;
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(MAX_NUMBER)
                                                    .maxStringLength(MAX_STRING)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private StrictJson() {}

    /// Reads one value.
    ///
    /// @return the value; a missing node for an empty text or white space alone
    /// @throws Malformed if the bytes are not exactly one JSON value
    public static JsonNode parse(byte[] utf8) throws Malformed {
        try {
            return parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            throw new Malformed(0, "Invalid UTF-8", e);
        }
    }

    /// Like [#parse(byte[])].
    public static JsonNode parse(String json) throws Malformed {
        try {
            return JSON.readTree(json);
        } catch (StreamConstraintsException e) {
            throw new Malformed(position(e), "A limit on depth or length is exceeded", e);
        } catch (JacksonException e) {
            throw new Malformed(position(e), "Expecting value", e);
        }
    }

    private static int position(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null ? 0 : (int) Math.max(0, location.getCharOffset());
    }

    /// The text is not JSON as we read it.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final int position;
        private final String reason;

        Malformed(int position, String reason, Exception cause) {
            super(reason + " at character " + position, cause);
            this.position = position;
            this.reason = reason;
        }

        /// Counted in characters from 0.
        public int position() {
            return position;
        }

        /// Safe to show.
        public String reason() {
            return reason;
        }
    }
}
