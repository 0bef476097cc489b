package org.assistantservice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void theLastRepetitionOfEachSideAndTheFirstSidesRatiosAreShown() {
        List<Row> rows =
                List.of(
                        row("service", 1, "µs", 90, ""),
                        row("nginx", 1, "µs", 15, ""),
                        row("service", 2, "µs", 30, ""),
                        row("nginx", 2, "µs", 12.5, ""));

        assertThat(new Table(rows).markdown())
                .isEqualTo(
                        """
                        ### W1, 50

                        | | service | nginx | ÷ nginx |
                        |---|---|---|---|
                        | µs | 30 | 12.5 | 2.40 |
                        """);
    }

    @Test
    void aRowThatMustNotBeUsedSaysSo() {
        List<Row> rows = List.of(row("service", 1, "µs", 0.5, "too late"));

        assertThat(new Table(rows).markdown())
                .isEqualTo(
                        """
                        ### W1, 50

                        | | service |
                        |---|---|
                        | µs | 0.50 |

                        **service is not valid: too late**
                        """);
    }

    @Test
    void rawRowsAreJson() {
        List<Row> rows = List.of(row("service", 2, "µs", 1.5, "a \"fault\""));

        assertThat(RowsJson.of(Map.of("commit", "abc"), rows))
                .isEqualTo(
                        """
                        {
                          "commit": "abc",
                          "rows": [
                            {"metric": "W1", "point": "50", "side": "service", "repetition": 2, \
                        "fault": "a \\"fault\\"", "µs": 1.5}
                          ]
                        }
                        """);
    }

    @Test
    void percentilesAreGivenInMilliseconds() {
        Histogram nanos = new Histogram(3);
        for (int i = 1; i <= 100; i++) {
            nanos.recordValue(i * 1_000_000L);
        }

        Map<String, Double> figures =
                new Figures()
                        .millis("p50", nanos, 50)
                        .millis("p99", nanos, 99)
                        .millis("none", new Histogram(3), 50)
                        .toMap();

        assertThat(figures).containsOnlyKeys("p50", "p99");
        assertThat(figures.get("p50")).isBetween(49.9, 50.1);
        assertThat(figures.get("p99")).isBetween(98.9, 99.1);
    }

    private static Row row(String side, int repetition, String figure, double value, String fault) {
        return new Row("W1", "50", side, repetition, Map.of(figure, value), fault);
    }
}
