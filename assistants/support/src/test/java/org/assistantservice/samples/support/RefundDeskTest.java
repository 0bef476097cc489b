package org.assistantservice.samples.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefundDeskTest {
    @TempDir private Path folder;

    private final RefundDesk desk = new RefundDesk(20_000);

    @Test
    void aRepeatOfTheSameCallFindsItsRefund() throws Exception {
        try (var database = new SupportDatabase(folder)) {
            Refund first = refund(database, "run_1/1/0");
            Refund repeat = refund(database, "run_1/1/0");
            Refund other = refund(database, "run_1/2/0");

            assertThat(first)
                    .isEqualTo(new Refund("R-1", "O-2001", 1000, RefundReason.OTHER, 4800, false));
            assertThat(repeat)
                    .isEqualTo(new Refund("R-1", "O-2001", 1000, RefundReason.OTHER, 4800, true));
            assertThat(other)
                    .isEqualTo(new Refund("R-2", "O-2001", 1000, RefundReason.OTHER, 3800, false));
        }
    }

    @Test
    void twoVersionsOfThePackAtOnceRefundOnce() throws Exception {
        try (var before = new SupportDatabase(folder);
                var after = new SupportDatabase(folder);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Refund>> calls =
                    IntStream.range(0, 12)
                            .<Callable<Refund>>mapToObj(
                                    i -> () -> refund(i % 2 == 0 ? before : after, "run_1/1/0"))
                            .toList();

            List<Refund> refunds =
                    threads.invokeAll(calls).stream().map(Future::resultNow).toList();

            assertThat(refunds).extracting(Refund::id).containsOnly("R-1");
            assertThat(refunds).filteredOn(refund -> !refund.wasMadeBefore()).hasSize(1);
        }
    }

    @Test
    void whatIsStoredOutlivesThePack() throws Exception {
        try (var database = new SupportDatabase(folder)) {
            refund(database, "run_1/1/0");
        }

        try (var database = new SupportDatabase(folder)) {
            assertThat(refund(database, "run_1/1/0").wasMadeBefore()).isTrue();
        }
    }

    @Test
    void aClosedPackLeavesNoDriverBehind() throws Exception {
        var database = new SupportDatabase(folder);
        refund(database, "run_1/1/0");

        database.close();

        assertThat(DriverManager.drivers()).noneMatch(org.sqlite.JDBC.class::isInstance);
    }

    private Refund refund(SupportDatabase database, String key) throws InterruptedException {
        var request =
                new RefundDesk.Request(
                        key, "O-2001", OptionalLong.of(1000), RefundReason.OTHER, "");
        return database.inTransaction(connection -> desk.refund(new Shop(connection), request));
    }
}
