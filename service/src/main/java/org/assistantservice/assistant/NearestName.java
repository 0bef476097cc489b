package org.assistantservice.assistant;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name that somebody probably meant.
final class NearestName {
    private static final int MAX_LENGTH = 128;

    private NearestName() {}

    /// `; did you mean '<name>'?`, or empty text if nothing is near.
    static String hint(String written, Collection<String> known) {
        return of(written, known).map("; did you mean '%s'?"::formatted).orElse("");
    }

    /// The known name with the fewest changed letters, if a third of them or fewer changed.
    static Optional<String> of(String written, Collection<String> known) {
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int limit = Math.max(2, written.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= limit)
                .filter(name -> distance(written, name) <= limit)
                .min(
                        Comparator.comparingInt((String name) -> distance(written, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
