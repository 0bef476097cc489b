package org.assistantservice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GateTest {
    private static final String FAULTS = "wrong";

    @Test
    void aRatioWithinItsBoundPasses() {
        List<Row> rows = List.of(row("service", 1, "cpu", 40), row("netty", 1, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows)).isEmpty();
    }

    @Test
    void aRatioBeyondItsBoundIsSaidWithBoth() {
        List<Row> rows = List.of(row("service", 1, "cpu", 41), row("netty", 1, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows))
                .containsExactly("W1, cpu ÷ netty: 2.05, but at most 2.00 is allowed");
    }

    @Test
    void oneGoodRepetitionKeepsABound() {
        List<Row> rows =
                List.of(
                        row("service", 1, "cpu", 90),
                        row("netty", 1, "cpu", 20),
                        row("service", 2, "cpu", 30),
                        row("netty", 2, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows)).isEmpty();
    }

    @Test
    void aRepetitionIsDividedByTheSameRepetitionOnly() {
        List<Row> rows =
                List.of(
                        row("service", 1, "cpu", 90),
                        row("netty", 1, "cpu", 20),
                        row("service", 2, "cpu", 70),
                        row("netty", 2, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows))
                .containsExactly("W1, cpu ÷ netty: 3.50, but at most 2.00 is allowed");
    }

    @Test
    void aLeastIsHeldFromBelow() {
        List<Row> rows = List.of(row("service", 1, "runs", 9), row("netty", 1, "runs", 100));

        assertThat(gate("W1 | runs | netty | least | 0.1").violations(rows))
                .containsExactly("W1, runs ÷ netty: 0.09, but at least 0.10 is allowed");
    }

    @Test
    void aFigureByItselfNeedsNoOtherSide() {
        List<Row> rows = List.of(row("service", 1, "ready", 3));

        assertThat(gate("W1 | ready | - | most | 2").violations(rows))
                .containsExactly("W1, ready: 3.00, but at most 2.00 is allowed");
    }

    @Test
    void whatWasNotMeasuredDoesNotPass() {
        List<Row> rows = List.of(row("service", 1, "cpu", 1));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows))
                .containsExactly("W1, cpu: not measured");
    }

    @Test
    void aWrongTokenOfAnySideInAnyRepetitionDoesNotPass() {
        Row wrong = new Row("W1", "50", "netty", 1, Map.of(FAULTS, 1.0), "a token is lost");
        List<Row> rows = List.of(wrong, row("netty", 2, FAULTS, 0));

        assertThat(gate("").violations(rows)).containsExactly("W1, 50, netty: a token is lost");
    }

    @Test
    void aBoundThatCannotBeReadIsSaid() {
        assertThatThrownBy(() -> Bound.parse("W1 | cpu | most | 2"))
                .hasMessage("A bound has five parts, but this has not: W1 | cpu | most | 2");
        assertThatThrownBy(() -> Bound.parse("W1 | cpu | netty | max | 2"))
                .hasMessage("A limit is 'most' or 'least': W1 | cpu | netty | max | 2");
    }

    private static Gate gate(String bounds) {
        return new Gate("service", FAULTS, Bound.parse(bounds));
    }

    private static Row row(String side, int repetition, String figure, double value) {
        return new Row("W1", "50", side, repetition, Map.of(figure, value), "");
    }
}
