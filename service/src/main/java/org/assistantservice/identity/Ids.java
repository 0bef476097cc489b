package org.assistantservice.identity;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/// Makes and checks ids: a prefix and 24 base62 characters (142 bits), e.g.
/// `run_Jd83kfLq0aZx7Wn2VbTyEo5M`. Unguessable; order never comes from ids. Thread-safe.
final class Ids {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 24;
    private static final int MAX_LENGTH = 64;
    private static final Pattern BODY = Pattern.compile("[A-Za-z0-9_-]+");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static String random(String prefix) {
        StringBuilder id = new StringBuilder(prefix.length() + LENGTH).append(prefix);
        RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
        return id.toString();
    }

    /// Whether `text` has the form of an id with this prefix; such a text is safe in file names,
    /// headers and log lines.
    static boolean isWellFormed(String prefix, String text) {
        return text.length() > prefix.length()
                && text.length() <= MAX_LENGTH
                && text.startsWith(prefix)
                && BODY.matcher(text).region(prefix.length(), text.length()).matches();
    }

    static String checked(String prefix, String text) {
        if (!isWellFormed(prefix, text)) {
            throw new IllegalArgumentException(
                    "An id must be '%s' and 1 to %d letters or digits"
                            .formatted(prefix, MAX_LENGTH - prefix.length()));
        }
        return text;
    }
}
