package org.assistantservice.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.load.Target;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;

/// M8: what a turn costs on threads that hold `messages` messages already. A turn has one tool call
/// and an answer of one token, and one turn follows the other. A turn adds two messages, so threads
/// grow a little while they are measured; the shorter they are, the more of them share the turns.
///
/// @param messages on each thread before the measurement
record LongThread(int messages) {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int TURNS = 300;
    private static final int MOST_THREADS = 60;
    private static final int PREFILLED = 4000;
    private static final Script PLAIN = Script.SHORT_RUN.withoutCalls();

    Row row(Rig rig, Contender contender) throws InterruptedException {
        List<Target> threads =
                messages <= 1 ? List.of(contender.target()) : prefilled(rig, contender);
        // One turn after the other is another load than the warm-up's, with code of its own to
        // compile.
        rig.client().inTurn(List.of(contender.target()), Script.SHORT_RUN, TURNS).await(LONGEST);
        double cpu = contender.server().cpuSeconds();
        Load load = rig.client().inTurn(threads, Script.SHORT_RUN, TURNS).await(LONGEST);
        double used = contender.server().cpuSeconds() - cpu;
        Tally.Window seen = load.tally(Tally::take);
        Row row =
                new Row(
                        "turn on a thread",
                        messages + (messages == 1 ? " message" : " messages"),
                        contender.side().label(),
                        1,
                        new Figures()
                                .put("CPU ms/turn", 1e3 * used / seen.chats())
                                .put("request KB/turn", seen.requestBytes() / 1024.0 / seen.chats())
                                .put("PSS MB", contender.server().pssMegabytes())
                                .millis("TTFT p50 ms", seen.firstToken(), 50)
                                .millis("TTFT p99 ms", seen.firstToken(), 99)
                                .toMap(),
                        load.tally(Tally::firstProblem));
        Progress.say(row);
        return row;
    }

    /// A message of the user and one of the assistant per turn.
    private List<Target> prefilled(Rig rig, Contender contender) throws InterruptedException {
        int count = Math.clamp(PREFILLED / messages, 1, MOST_THREADS);
        List<Target> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(contender.target().on(contender.server().newThread()));
        }
        for (Target thread : threads) {
            Rig.check(
                    rig.client().chats(thread, PLAIN, 1, messages / 2).await(LONGEST),
                    "filling a thread");
        }
        return threads;
    }
}
