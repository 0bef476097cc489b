package org.assistantservice.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Rows as Markdown: one table per metric and point, a line per figure, a column per side, and the
/// ratios of the first side to the others.
public final class Table {
    private final List<Row> rows;

    /// @param rows in any repetition; the last one of each side counts
    public Table(List<Row> rows) {
        this.rows = rows;
    }

    public String markdown() {
        Map<String, Map<String, Row>> points = new LinkedHashMap<>();
        for (Row row : rows) {
            points.computeIfAbsent(row.metric() + ", " + row.point(), _ -> new LinkedHashMap<>())
                    .put(row.side(), row);
        }
        return points.entrySet().stream()
                .map(it -> table(it.getKey(), new ArrayList<>(it.getValue().values())))
                .collect(Collectors.joining("\n"));
    }

    private static String table(String title, List<Row> sides) {
        Row first = sides.getFirst();
        List<Row> others =
                sides.stream().skip(1).filter(it -> !it.side().equals("direct")).toList();
        StringBuilder text = new StringBuilder("### " + title + "\n\n|");
        text.append(" |");
        sides.forEach(it -> text.append(' ').append(it.side()).append(" |"));
        others.forEach(it -> text.append(" ÷ ").append(it.side()).append(" |"));
        text.append("\n|---|").append("---|".repeat(sides.size() + others.size())).append('\n');
        for (String name : names(sides)) {
            text.append("| ").append(name).append(" |");
            sides.forEach(it -> text.append(' ').append(cell(it, name)).append(" |"));
            others.forEach(it -> text.append(' ').append(ratio(first, it, name)).append(" |"));
            text.append('\n');
        }
        sides.stream()
                .filter(it -> !it.isValid())
                .forEach(it ->
                        text.append(
                                "\n**%s is not valid: %s**\n".formatted(it.side(), it.fault())));
        return text.toString();
    }

    private static Set<String> names(List<Row> sides) {
        Set<String> names = new LinkedHashSet<>();
        sides.forEach(it -> names.addAll(it.figures().keySet()));
        return names;
    }

    private static String cell(Row row, String name) {
        Double value = row.figures().get(name);
        return value == null ? "–" : format(value);
    }

    private static String ratio(Row first, Row other, String name) {
        Double value = first.figures().get(name);
        Double base = other.figures().get(name);
        return value == null || base == null || base <= 0 ? "–" : format(value / base);
    }

    private static String format(double value) {
        double size = Math.abs(value);
        if (size == Math.rint(size) && size < 1e9) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f", value);
    }
}
