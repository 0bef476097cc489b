package org.assistantservice.fetch;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;

/// What became of a fetch. Every [Failure] has a message that is fit for a model: it says what was
/// wrong with the address or the answer, and nothing about the network of this machine.
public sealed interface FetchResult {
    /// The whole answer.
    ///
    /// @param uri where it came from in the end, after redirects
    /// @param type media type in lower case without parameters, e.g. `text/html`
    /// @param charset of the body as the server says, UTF-8 if it says nothing known
    /// @param body decompressed; not copied, so do not change it
    @SuppressWarnings("ArrayRecordComponent") // equals and toString mind it
    record Fetched(URI uri, String type, Charset charset, byte[] body) implements FetchResult {
        /// The body as text; bytes that are no characters become replacement characters.
        public String text() {
            return new String(body, charset);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Fetched(var itsUri, var itsType, var itsCharset, var itsBody)
                    && uri.equals(itsUri)
                    && type.equals(itsType)
                    && charset.equals(itsCharset)
                    && Arrays.equals(body, itsBody);
        }

        @Override
        public int hashCode() {
            return uri.hashCode() + Arrays.hashCode(body);
        }

        @Override
        public String toString() {
            return "Fetched[%s, %s, %d bytes]".formatted(uri, type, body.length);
        }
    }

    /// There is no answer to use.
    sealed interface Failure extends FetchResult {
        /// One sentence without a full stop, safe to show to a model and to users.
        String message();
    }

    /// The address may not be fetched; no connection was made to it.
    ///
    /// @param message why
    record Refused(String message) implements Failure {}

    /// The server answered with a status of 300 or above that is no redirect.
    record Unsuccessful(int status) implements Failure {
        @Override
        public String message() {
            return "The server answered with status " + status;
        }
    }

    /// The answer, decompressed, is larger than allowed; its beginning is not given.
    record TooLarge(long maxBytes) implements Failure {
        @Override
        public String message() {
            return "The answer is larger than %d bytes".formatted(maxBytes);
        }
    }

    /// The answer is of a kind that was not asked for.
    ///
    /// @param type as the server says, cut; empty if it says nothing
    record WrongType(String type) implements Failure {
        private static final int LONGEST = 100;

        public WrongType {
            String plain = type.replaceAll("[^ -~]", "?").toLowerCase(Locale.ROOT);
            type = plain.substring(0, Math.min(plain.length(), LONGEST));
        }

        @Override
        public String message() {
            return type.isEmpty()
                    ? "The answer does not say of what type it is"
                    : "The answer is of type '%s', which cannot be read".formatted(type);
        }
    }

    /// The whole fetch, redirects included, took longer than it may.
    record TimedOut() implements Failure {
        @Override
        public String message() {
            return "The server took too long to answer";
        }
    }

    /// One redirect led to another too often.
    record TooManyRedirects(int followed) implements Failure {
        @Override
        public String message() {
            return "There were more than %d redirects".formatted(followed);
        }
    }

    /// The server was not found, not reached, or broke off; trying again may help.
    ///
    /// @param message which of them
    record Unreachable(String message) implements Failure {}

    /// The charset with a name, UTF-8 if there is none of that name.
    static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
