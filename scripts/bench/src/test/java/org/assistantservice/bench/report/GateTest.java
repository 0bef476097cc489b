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

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows, List.of())).isEmpty();
    }

    @Test
    void aRatioBeyondItsBoundIsSaidWithBoth() {
        List<Row> rows = List.of(row("service", 1, "cpu", 41), row("netty", 1, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows, List.of()))
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

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows, List.of())).isEmpty();
    }

    @Test
    void ofThreeRepetitionsTheMedianIsJudged() {
        List<Row> rows =
                List.of(
                        row("service", 1, "cpu", 20),
                        row("netty", 1, "cpu", 20),
                        row("service", 2, "cpu", 90),
                        row("netty", 2, "cpu", 20),
                        row("service", 3, "cpu", 50),
                        row("netty", 3, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows, List.of()))
                .containsExactly("W1, cpu ÷ netty: 2.50, but at most 2.00 is allowed");
        assertThat(gate("W1 | cpu | netty | most | 2.5").violations(rows, List.of())).isEmpty();
    }

    @Test
    void aServiceThatIsNotValidLooksCheapAndDoesNotCount() {
        List<Row> rows =
                List.of(
                        invalid("service", 1, "cpu", 10),
                        row("netty", 1, "cpu", 20),
                        row("service", 2, "cpu", 50),
                        row("netty", 2, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows, List.of()))
                .containsExactly("W1, cpu ÷ netty: 2.50, but at most 2.00 is allowed");
    }

    @Test
    void aFloorThatIsNotValidLoosensNothing() {
        List<Row> rows =
                List.of(
                        row("service", 1, "cpu", 50),
                        invalid("netty", 1, "cpu", 40),
                        row("service", 2, "cpu", 50),
                        row("netty", 2, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows, List.of()))
                .containsExactly("W1, cpu ÷ netty: 2.50, but at most 2.00 is allowed");
    }

    @Test
    void withoutAValidPairABoundIsNotMeasuredAndTheReasonIsSaid() {
        List<Row> rows =
                List.of(
                        invalid("service", 1, "cpu", 10),
                        row("netty", 1, "cpu", 20),
                        row("service", 2, "cpu", 10),
                        invalid("netty", 2, "cpu", 20),
                        invalid("nginx", 2, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows, List.of()))
                .containsExactly(
                        "W1, cpu ÷ netty: not measured, since service #1 is not valid (starved), "
                                + "netty #2 is not valid (starved)");
    }

    @Test
    void aFigureByItselfIsNotTakenFromARowThatIsNotValid() {
        List<Row> rows = List.of(invalid("service", 1, "ready", 1));

        assertThat(gate("W1 | ready | - | most | 2").violations(rows, List.of()))
                .containsExactly(
                        "W1, ready: not measured, since service #1 is not valid (starved)");
    }

    @Test
    void onlyAMetricWithABoundThatIsNotKeptIsInDoubt() {
        List<Row> rows =
                List.of(
                        row("service", 1, "ready", 3),
                        new Row("boot", "1", "service", 1, Map.of("ready", 1.0), ""));
        Gate gate = gate("W1 | ready | - | most | 2\nboot | ready | - | most | 2");

        assertThat(gate.doubtful(rows)).containsExactly("W1");
    }

    @Test
    void aBoundThatTheSecondLookKeepsIsKept() {
        List<Row> first = List.of(row("service", 1, "ready", 3));
        List<Row> second = List.of(row("service", 1, "ready", 1.5));

        assertThat(gate("W1 | ready | - | most | 2").violations(first, second)).isEmpty();
    }

    @Test
    void whatTheFirstLookHasKeptTheSecondDoesNotBreak() {
        List<Row> first = List.of(row("service", 1, "ready", 1));
        List<Row> second = List.of(row("service", 1, "ready", 3));

        assertThat(gate("W1 | ready | - | most | 2").violations(first, second)).isEmpty();
    }

    @Test
    void aBoundThatIsBrokenTwiceIsSaidAsTheSecondLookSawIt() {
        List<Row> first = List.of(row("service", 1, "ready", 3));
        List<Row> second = List.of(row("service", 1, "ready", 4));

        assertThat(gate("W1 | ready | - | most | 2").violations(first, second))
                .containsExactly("W1, ready: 4.00, but at most 2.00 is allowed");
    }

    @Test
    void aWrongTokenOfTheFirstLookIsNotExcusedByTheSecond() {
        Row wrong = new Row("W1", "50", "service", 1, Map.of(FAULTS, 1.0), "a token is lost");

        assertThat(gate("").violations(List.of(wrong), List.of(row("service", 1, FAULTS, 0))))
                .containsExactly("W1, 50, service: a token is lost");
    }

    @Test
    void aRepetitionIsDividedByTheSameRepetitionOnly() {
        List<Row> rows =
                List.of(
                        row("service", 1, "cpu", 90),
                        row("netty", 1, "cpu", 20),
                        row("service", 2, "cpu", 70),
                        row("netty", 2, "cpu", 20));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows, List.of()))
                .containsExactly("W1, cpu ÷ netty: 3.50, but at most 2.00 is allowed");
    }

    @Test
    void aLeastIsHeldFromBelow() {
        List<Row> rows = List.of(row("service", 1, "runs", 9), row("netty", 1, "runs", 100));

        assertThat(gate("W1 | runs | netty | least | 0.1").violations(rows, List.of()))
                .containsExactly("W1, runs ÷ netty: 0.09, but at least 0.10 is allowed");
    }

    @Test
    void aFigureByItselfNeedsNoOtherSide() {
        List<Row> rows = List.of(row("service", 1, "ready", 3));

        assertThat(gate("W1 | ready | - | most | 2").violations(rows, List.of()))
                .containsExactly("W1, ready: 3.00, but at most 2.00 is allowed");
    }

    @Test
    void whatWasNotMeasuredDoesNotPass() {
        List<Row> rows = List.of(row("service", 1, "cpu", 1));

        assertThat(gate("W1 | cpu | netty | most | 2").violations(rows, List.of()))
                .containsExactly("W1, cpu ÷ netty: not measured");
    }

    @Test
    void aWrongTokenOfAnySideInAnyRepetitionDoesNotPass() {
        Row wrong = new Row("W1", "50", "netty", 1, Map.of(FAULTS, 1.0), "a token is lost");
        List<Row> rows = List.of(wrong, row("netty", 2, FAULTS, 0));

        assertThat(gate("").violations(rows, List.of()))
                .containsExactly("W1, 50, netty: a token is lost");
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

    private static Row invalid(String side, int repetition, String figure, double value) {
        return new Row("W1", "50", side, repetition, Map.of(figure, value), "starved");
    }
}
