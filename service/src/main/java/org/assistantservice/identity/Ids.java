package org.assistantservice.identity;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/// Makes and checks ids: a prefix and 24 base62 characters, e.g. `run_0VxB3kq0aZx7Wn2VbTyEo5Mf`.
/// The last 17 are random (101 bits): unguessable. The first 7 are the time in milliseconds, so
/// that rows made together lie together in an index, and a transaction changes a few of its pages
/// instead of one for each row. Order never comes from ids. Thread-safe.
final class Ids {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int TIME_LENGTH = 7;
    private static final int LENGTH = 24;

    /// A byte gives 6 bits; of their 64 values, 62 are used.
    private static final int SIX_BITS = 0x3F;

    private static final int MAX_LENGTH = 64;
    private static final Pattern BODY = Pattern.compile("[A-Za-z0-9_-]+");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static String random(String prefix) {
        return of(prefix, System.currentTimeMillis());
    }

    /// @param millis since 1970; ids of later milliseconds are greater in ASCII order
    static String of(String prefix, long millis) {
        char[] body = new char[LENGTH];
        long rest = millis;
        for (int i = TIME_LENGTH - 1; i >= 0; i--) {
            body[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        int next = TIME_LENGTH;
        byte[] random = new byte[LENGTH];
        while (next < LENGTH) {
            RANDOM.nextBytes(random);
            for (int i = 0; i < random.length && next < LENGTH; i++) {
                int digit = random[i] & SIX_BITS;
                if (digit < ALPHABET.length()) {
                    body[next++] = ALPHABET.charAt(digit);
                }
            }
        }
        return prefix.concat(new String(body));
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
