package org.assistantservice.bench;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.bench.Point.Contender;
import org.assistantservice.bench.report.Row;

/// Measures all contenders one after the other, so that what disturbs the machine for a while
/// disturbs all of them.
///
/// @param contenders warm servers
/// @param repetitions how often each is measured
record Alternation(List<Contender> contenders, int repetitions) {
    /// One measurement of one side.
    interface Measurement {
        Row row(Contender contender, int repetition) throws InterruptedException;
    }

    /// All rows, in the order in which they were measured; each is shown at once.
    List<Row> rows(Measurement measurement) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (Contender contender : contenders) {
                Row row = measurement.row(contender, repetition);
                Progress.say(row);
                rows.add(row);
            }
        }
        return rows;
    }
}
