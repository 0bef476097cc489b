package org.assistantservice.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.load.Target;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;
import org.assistantservice.bench.sut.ServerUnderTest;

/// M7: from the start of a server's process to its first good answer, from there to the first token
/// of a first chat, and the memory of an idle process. Every start has an empty data folder.
///
/// @param side the service or the Netty floor
/// @param cores where it may run, e.g. `0,1`
/// @param starts how many times; the median of each figure is reported
record Boot(Side side, String cores, int starts) {
    static final String METRIC = "boot";
    static final String READY = "ready s";
    static final String FIRST_TOKEN = "first chat's first token ms";

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration FIRST_CHAT = Duration.ofSeconds(20);

    List<Row> rows(Rig rig) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (int start = 1; start <= starts; start++) {
            Row row = row(start, started(rig), "");
            Progress.say(row);
            rows.add(row);
        }
        Map<String, Double> median = median(rows);
        median.put("idle PSS MB", idle(rig));
        rows.add(row(starts + 1, median, ""));
        return rows;
    }

    String name() {
        return (cores.contains(",") ? "2 CPUs" : "1 CPU") + ", median of " + starts;
    }

    private Row row(int repetition, Map<String, Double> figures, String fault) {
        return new Row(METRIC, name(), side.label(), repetition, figures, fault);
    }

    private Map<String, Double> started(Rig rig) throws InterruptedException {
        try (ServerUnderTest server = side.start(rig, cores)) {
            Target target = side.target(server);
            Load load = rig.client().chats(target, Script.SHORT_RUN, 1, 1).await(FIRST_CHAT);
            Rig.check(load, "the first chat");
            Tally.Window seen = load.tally(Tally::take);
            return new Figures()
                    .put(READY, server.ready().toNanos() / 1e9)
                    .millis(FIRST_TOKEN, seen.firstToken(), 100)
                    .put("CPU s of both", server.cpuSeconds())
                    .toMap();
        }
    }

    private double idle(Rig rig) throws InterruptedException {
        try (ServerUnderTest server = side.start(rig, cores)) {
            Thread.sleep(IDLE);
            return server.pssMegabytes();
        }
    }

    private static Map<String, Double> median(List<Row> rows) {
        Map<String, Double> median = new LinkedHashMap<>();
        for (String figure : rows.getFirst().figures().keySet()) {
            double[] sorted =
                    rows.stream()
                            .mapToDouble(it -> it.figures().getOrDefault(figure, Double.NaN))
                            .toArray();
            Arrays.sort(sorted);
            median.put(figure, sorted[sorted.length / 2]);
        }
        return median;
    }
}
