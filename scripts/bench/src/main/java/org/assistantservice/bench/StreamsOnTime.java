package org.assistantservice.bench;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.report.Figures;
import org.assistantservice.bench.report.Row;

/// M4: the largest number of streams that one core keeps on time: all complete, the offered rate
/// kept, the token delay's p50 under 5 ms and its p99 under 50 ms. Found by halving.
///
/// @param shape of the first point that is tried
/// @param settleAgain seconds that the load of each other point lasts before it is measured
/// @param step the result's grain
/// @param most where the search ends
record StreamsOnTime(Point.Shape shape, int settleAgain, int step, int most) {
    private static final double MOST_P99_MILLIS = 50;

    List<Row> rows(Rig rig, Contender contender, double direct) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        int good = 0;
        int bad = most / step + 1;
        Point.Shape next = shape;
        while (bad - good > 1) {
            int middle = (good + bad) / 2;
            Point point = new Point(middle * step, next);
            next = shape.settledBefore(settleAgain);
            Row row = point.row(rig, contender, direct, 1);
            Progress.say(row);
            rows.add(row);
            if (isOnTime(row)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        Figures found = new Figures().put("streams on time", (long) good * step);
        String end = good * step == most ? " (the search ended here)" : "";
        rows.add(
                new Row(
                        "streams on time",
                        "%d/s each%s".formatted(shape.rate(), end),
                        contender.side().label(),
                        1,
                        found.toMap(),
                        ""));
        return rows;
    }

    private static boolean isOnTime(Row row) {
        Double p99 = row.figures().get(Point.DELAY_P99);
        return row.isValid() && p99 != null && p99 < MOST_P99_MILLIS;
    }
}
