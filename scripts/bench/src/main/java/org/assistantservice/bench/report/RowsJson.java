package org.assistantservice.bench.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// All rows as JSON, one per line, valid and not, every repetition.
public final class RowsJson {
    private RowsJson() {}

    /// One JSON object.
    ///
    /// @param about the machine, the commit, the settings
    public static String of(Map<String, String> about, List<Row> rows) {
        String settings =
                about.entrySet().stream()
                        .map(it -> "  %s: %s".formatted(text(it.getKey()), text(it.getValue())))
                        .collect(Collectors.joining(",\n"));
        String lines = rows.stream().map(RowsJson::row).collect(Collectors.joining(",\n"));
        return "{\n" + settings + ",\n  \"rows\": [\n" + lines + "\n  ]\n}\n";
    }

    private static String row(Row row) {
        String figures =
                row.figures().entrySet().stream()
                        .map(it -> "%s: %s".formatted(text(it.getKey()), it.getValue()))
                        .collect(Collectors.joining(", "));
        return "    {\"metric\": %s, \"point\": %s, \"side\": %s, \"repetition\": %d, \"fault\": %s, %s}"
                .formatted(
                        text(row.metric()),
                        text(row.point()),
                        text(row.side()),
                        row.repetition(),
                        text(row.fault()),
                        figures);
    }

    private static String text(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : c);
            }
        }
        return json.append('"').toString();
    }
}
