package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assistantservice.identity.TenantId;
import org.assistantservice.record.RecordStore.Most;
import org.assistantservice.record.RecordStore.Row;
import org.assistantservice.record.RecordStore.Space;
import org.junit.jupiter.api.Test;

/// Rows by namespace and key.
abstract class RecordStoreContract extends StoreContract {
    private static final Space USERS = new Space(TenantId.DEFAULT, "demo.users");
    private static final long NO_LIMIT = Long.MAX_VALUE;

    @Test
    void aRowIsFoundInItsOwnSpaceOnly() {
        records().put(USERS, "anna", "{\"a\":\"ä\"}");

        assertThat(records().find(USERS, "anna")).contains(new Row("anna", 1, "{\"a\":\"ä\"}"));
        assertThat(records().find(USERS, "Anna")).isEmpty();
        assertThat(records().find(new Space(TenantId.DEFAULT, "demo.others"), "anna")).isEmpty();
        assertThat(records().find(new Space(new TenantId("other"), "demo.users"), "anna"))
                .isEmpty();
    }

    @Test
    void aReplacedRowKeepsItsPlaceAndIsHandedBack() {
        records().put(USERS, "anna", "1");
        records().put(USERS, "ben", "2");

        Optional<Row> before = records().put(USERS, "anna", "3");

        assertThat(before).contains(new Row("anna", 1, "1"));
        assertThat(records().list(USERS, 0, 10))
                .containsExactly(new Row("anna", 1, "3"), new Row("ben", 2, "2"));
    }

    @Test
    void aPlaceIsNeverGivenAgain() {
        records().put(USERS, "anna", "1");
        records().put(USERS, "ben", "2");

        assertThat(records().remove(USERS, "ben")).contains(new Row("ben", 2, "2"));
        assertThat(records().remove(USERS, "anna")).contains(new Row("anna", 1, "1"));
        assertThat(records().put(USERS, "carl", "3")).isEmpty();

        assertThat(records().find(USERS, "carl")).contains(new Row("carl", 3, "3"));
        assertThat(records().remove(USERS, "ben")).isEmpty();
        assertThat(records().count(USERS)).isEqualTo(1);
    }

    @Test
    void aListGoesOnAfterAPlace() {
        IntStream.rangeClosed(1, 5).forEach(i -> records().put(USERS, "user " + i, "" + i));

        assertThat(records().list(USERS, 0, 2)).extracting(Row::seq).containsExactly(1L, 2L);
        assertThat(records().list(USERS, 2, 500)).extracting(Row::seq).containsExactly(3L, 4L, 5L);
        assertThat(records().list(USERS, 5, 500)).isEmpty();
        assertThatThrownBy(() -> records().list(USERS, 0, 501))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit must be 1 to 500 but was 501");
    }

    @Test
    void theNewestRowsThatFitComeInTheirOrder() {
        IntStream.rangeClosed(1, 5).forEach(i -> records().put(USERS, "user " + i, "\"ä\""));

        assertThat(records().newest(USERS, new Most(10, 20))).hasSize(5);
        assertThat(records().newest(USERS, new Most(2, 100)))
                .extracting(Row::seq)
                .containsExactly(4L, 5L);
        assertThat(records().newest(USERS, new Most(10, 15)))
                .extracting(Row::seq)
                .containsExactly(3L, 4L, 5L);
        assertThat(records().newest(USERS, new Most(10, 0)))
                .extracting(Row::seq)
                .containsExactly(5L);
        assertThat(records().newest(USERS, new Most(0, 100))).isEmpty();
    }

    @Test
    void theOldestRowsThatFitGoOnAfterAPlace() {
        IntStream.rangeClosed(1, 5).forEach(i -> records().put(USERS, "user " + i, "\"ä\""));

        assertThat(records().oldest(USERS, 1, new Most(10, 11)))
                .extracting(Row::seq)
                .containsExactly(2L, 3L);
        assertThat(records().oldest(USERS, 3, new Most(10, 0)))
                .extracting(Row::seq)
                .containsExactly(4L);
        assertThat(records().oldest(USERS, 0, new Most(2, 100)))
                .extracting(Row::seq)
                .containsExactly(1L, 2L);
        assertThat(records().oldest(USERS, 5, new Most(10, 100))).isEmpty();
    }

    @Test
    void aRowIsAddedOnceAndOnlyWhileThereIsRoom() {
        assertThat(records().add(USERS, "anna", "1", 2)).isTrue();
        assertThat(records().add(USERS, "anna", "2", NO_LIMIT)).isFalse();
        assertThat(records().add(USERS, "ben", "3", 2)).isTrue();
        assertThat(records().add(USERS, "carl", "4", 2)).isFalse();

        assertThat(records().list(USERS, 0, 10))
                .containsExactly(new Row("anna", 1, "1"), new Row("ben", 2, "3"));
    }

    @Test
    void aClearedSpaceIsAsNew() {
        records().put(USERS, "anna", "1");
        records().put(new Space(TenantId.DEFAULT, "demo.others"), "anna", "2");

        records().clear(USERS);

        assertThat(records().count(USERS)).isZero();
        assertThat(records().put(USERS, "ben", "3")).isEmpty();
        assertThat(records().list(USERS, 0, 10)).containsExactly(new Row("ben", 1, "3"));
        assertThat(records().count(new Space(TenantId.DEFAULT, "demo.others"))).isEqualTo(1);
    }

    @Test
    void ofManyWhoRemoveARowOneGetsIt() throws Exception {
        records().put(USERS, "anna", "1");

        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Boolean> removal = () -> records().remove(USERS, "anna").isPresent();
            List<Future<Boolean>> removed =
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> removal).toList());

            assertThat(removed.stream().filter(Future::resultNow)).hasSize(1);
        }
    }

    @Test
    void keysAndValuesAreBounded() {
        assertThat(records().find(USERS, "")).isEmpty();
        assertThat(records().remove(USERS, "")).isEmpty();
        assertThatThrownBy(() -> records().put(USERS, "", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A key must have 1 to 512 characters but has 0");
        assertThatThrownBy(() -> records().add(USERS, "a".repeat(513), "1", NO_LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A key must have 1 to 512 characters but has 513");
        assertThatThrownBy(() -> records().put(USERS, "anna", "ä".repeat(1_100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A record may have 2097152 bytes but has 2200000");
        assertThatThrownBy(() -> new Space(TenantId.DEFAULT, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A namespace must have 1 to 200 characters but has 0");
    }
}
