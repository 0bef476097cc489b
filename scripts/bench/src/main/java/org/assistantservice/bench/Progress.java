package org.assistantservice.bench;

import java.util.Locale;
import java.util.stream.Collectors;
import org.assistantservice.bench.report.Row;

/// Tells the operator how far the benchmark is, on standard error.
final class Progress {
    private Progress() {}

    static void say(String text) {
        System.err.println(text);
    }

    static void say(Row row) {
        String figures =
                row.figures().entrySet().stream()
                        .map(it ->
                                String.format(Locale.ROOT, "%s %.2f", it.getKey(), it.getValue()))
                        .collect(Collectors.joining(", "));
        say(
                "%s, %s, %s #%d: %s%s"
                        .formatted(
                                row.metric(),
                                row.point(),
                                row.side(),
                                row.repetition(),
                                figures,
                                row.isValid() ? "" : " NOT VALID: " + row.fault()));
    }
}
