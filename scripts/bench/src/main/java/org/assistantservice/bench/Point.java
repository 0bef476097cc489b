package org.assistantservice.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.load.Target;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;
import org.assistantservice.bench.sut.ServerUnderTest;
import org.jspecify.annotations.Nullable;

/// M1 to M3 at one point: the workload W1 on `streams` chats at a time.
///
/// @param streams chats at a time
record Point(int streams, Shape shape) {
    static final String METRIC = "W1";
    static final String CPU = "CPU µs/token";
    static final String DELAY_P50 = "token delay p50 ms";
    static final String DELAY_P99 = "token delay p99 ms";
    static final String FAULTS = "tokens or chats wrong";
    static final String KEPT = "rate kept %";

    static final String LATE = "the model itself was late: its core was busy with something else";

    private static final Duration DIRECT = Duration.ofSeconds(5);
    private static final Duration SETTLE = Duration.ofMillis(500);

    private static final Duration LAST_ENDS = Duration.ofSeconds(30);
    private static final double LEAST_KEPT = 99.5;
    private static final double MOST_DELAY_MILLIS = 5;
    private static final double MOST_LATE_MILLIS = 3;

    /// How chats follow each other.
    enum Pace {
        /// A client's next chat begins when its last one has ended.
        CLOSED,
        /// Chats begin at a fixed rate, as many as keep `streams` open on a server that is on time.
        OPEN
    }

    /// What points have in common.
    ///
    /// @param rate tokens a second of each chat
    /// @param tokens of each answer
    /// @param length of a measurement
    /// @param settle how long the load lasts before the first repetition begins. A new shape of
    ///   load makes the JIT compiler throw away and compile again what it had assumed under another
    /// @param pace how chats follow each other
    record Shape(int rate, int tokens, Duration length, Duration settle, Pace pace) {
        Script script() {
            return Script.w1(tokens, rate);
        }

        /// The same for servers that have settled under another number of streams.
        ///
        /// @param most seconds
        Shape settledBefore(int most) {
            Duration shorter = Duration.ofSeconds(Math.min(most, settle.toSeconds()));
            return new Shape(rate, tokens, length, shorter, pace);
        }
    }

    /// A side with its server, warm.
    record Contender(Side side, ServerUnderTest server) {
        Target target() {
            return side.target(server);
        }
    }

    /// Measures all contenders one after the other, `repetitions` times.
    List<Row> rows(Rig rig, List<Contender> contenders, int repetitions)
            throws InterruptedException {
        double direct = direct(rig);
        return new Alternation(contenders, repetitions)
                .rows((contender, repetition) -> row(rig, contender, direct, repetition));
    }

    String name() {
        return "%d x %d/s".formatted(streams, shape.rate());
    }

    /// One measurement of one side.
    ///
    /// @param direct the model's own time to its first token, p50, in milliseconds
    Row row(Rig rig, Contender contender, double direct, int repetition)
            throws InterruptedException {
        Script script = script(contender.side());
        Load load = load(rig, contender.target(), script);
        Thread.sleep(script.length().plus(settle(contender.side(), repetition)));
        Window window = Window.watch(rig, load, contender.server(), shape.length());
        load.finish(script.length().plus(LAST_ENDS));
        long faults = load.tally(Tally::faults);
        double kept = 100 * window.tokensPerSecond() / ((double) streams * shape.rate());
        Figures figures =
                new Figures()
                        .put(CPU, window.microsPerToken())
                        .put("core used %", window.coreUsedPercent())
                        .put("tools' core used %", window.toolsUsedPercent())
                        .put(KEPT, kept)
                        .put("PSS MB", window.pssMegabytes())
                        .put(FAULTS, faults);
        times(figures, window, direct * script.modelCalls());
        return new Row(
                shape.pace() == Pace.OPEN ? METRIC + ", open loop" : METRIC,
                name(),
                contender.side().label(),
                repetition,
                figures.toMap(),
                fault(figures, load, window));
    }

    private Duration settle(Side side, int repetition) {
        return repetition == 1 && side.compilesAsItRuns() ? SETTLE.plus(shape.settle()) : SETTLE;
    }

    private Load load(Rig rig, Target target, Script script) {
        return switch (shape.pace()) {
            case CLOSED -> rig.client().closed(target, script, streams);
            case OPEN ->
                    rig.client()
                            .open(target, script, (double) streams * shape.rate() / shape.tokens());
        };
    }

    private Script script(Side side) {
        Script w1 = shape.script();
        return side.runsTools() ? w1 : w1.withoutCalls();
    }

    private static void times(Figures figures, Window window, double ownMillis) {
        figures.millis("TTFT p50 ms", window.seen().firstToken(), 50)
                .millis("TTFT p99 ms", window.seen().firstToken(), 99);
        Double p50 = figures.toMap().get("TTFT p50 ms");
        Double p99 = figures.toMap().get("TTFT p99 ms");
        if (p50 != null && p99 != null) {
            figures.put("TTFT added p50 ms", p50 - ownMillis)
                    .put("TTFT added p99 ms", p99 - ownMillis);
        }
        figures.millis(DELAY_P50, window.seen().delay(), 50)
                .millis(DELAY_P99, window.seen().delay(), 99)
                .millis("token delay p99.9 ms", window.seen().delay(), 99.9)
                .millis("model late p99 ms", window.lateness(), 99);
    }

    private static String fault(Figures figures, Load load, Window window) {
        List<String> faults = new ArrayList<>();
        if (figures.toMap().getOrDefault(FAULTS, 0.0) > 0) {
            faults.add(load.tally(Tally::firstProblem));
        }
        if (figures.toMap().getOrDefault(KEPT, 0.0) < LEAST_KEPT) {
            faults.add("under %.1f %% of the offered rate".formatted(LEAST_KEPT));
        }
        if (figures.toMap().getOrDefault(DELAY_P50, 0.0) > MOST_DELAY_MILLIS) {
            faults.add("median token delay over %.0f ms".formatted(MOST_DELAY_MILLIS));
        }
        if (isLate(window.lateness())) {
            faults.add(LATE);
        }
        return String.join("; ", faults);
    }

    /// Whether the model was so late that nothing measured beside it may be used.
    static boolean isLate(Histogram lateness) {
        return lateness.getValueAtPercentile(50) / 1e6 > MOST_LATE_MILLIS;
    }

    /// The model's own time to its first token at this load, p50, in milliseconds.
    double direct(Rig rig) throws InterruptedException {
        Script script = shape.script().withoutCalls();
        Load load = rig.client().closed(rig.direct(), script, streams);
        Thread.sleep(script.length().plus(SETTLE));
        @Nullable ServerUnderTest none = null;
        Window window = Window.watch(rig, load, none, DIRECT);
        load.finish(script.length().plus(LAST_ENDS));
        Rig.check(load, "the model itself");
        return window.seen().firstToken().getValueAtPercentile(50) / 1e6;
    }
}
