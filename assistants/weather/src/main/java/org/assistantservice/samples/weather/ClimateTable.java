package org.assistantservice.samples.weather;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The climates of some cities of the world, by name. Immutable.
final class ClimateTable {
    private static final String FILE = "climates.csv";
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    private final Map<String, Climate> byName;

    private ClimateTable(Map<String, Climate> byName) {
        this.byName = Map.copyOf(byName);
    }

    /// Reads the table that lies beside this class.
    static ClimateTable read() {
        Map<String, Climate> byName = new HashMap<>();
        text().lines().filter(line -> !line.startsWith("#")).forEach(line -> add(line, byName));
        return new ClimateTable(byName);
    }

    /// The climate of a city, whatever its case and accents and whatever follows a comma, e.g.
    /// `zurich, CH`; a made-up one for a name that the table has not.
    Climate of(String location) {
        Climate known = byName.get(key(location));
        return known == null ? Climate.madeUp(location.strip()) : known;
    }

    private static void add(String line, Map<String, Climate> byName) {
        String[] cells = line.split(";", -1);
        var climate =
                new Climate(
                        cells[0] + ", " + cells[1],
                        Double.parseDouble(cells[3]),
                        Double.parseDouble(cells[4]),
                        Integer.parseInt(cells[5]),
                        false);
        byName.put(key(cells[0]), climate);
        for (String other : cells[2].split(",", -1)) {
            if (!other.isEmpty()) {
                byName.put(key(other), climate);
            }
        }
    }

    private static String key(String location) {
        String city = location.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
        return ACCENTS.matcher(Normalizer.normalize(city, Normalizer.Form.NFD)).replaceAll("");
    }

    private static String text() {
        try (InputStream file = ClimateTable.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing beside ClimateTable");
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
