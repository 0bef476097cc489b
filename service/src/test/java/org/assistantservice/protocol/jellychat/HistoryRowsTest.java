package org.assistantservice.protocol.jellychat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.protocol.jellychat.HistoryRows.Answered;
import org.assistantservice.store.EmbeddedStore;
import org.assistantservice.store.StoreSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;

class HistoryRowsTest {
    private static final Principal ANNA = Principal.ANONYMOUS;
    private static final ThreadId THREAD = ThreadId.random();
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String LARGE = "x".repeat(200_000);

    private EmbeddedStore store;
    private HistoryRows rows;

    @BeforeEach
    void open(@TempDir Path directory) {
        store =
                EmbeddedStore.open(
                        new StoreSettings(directory, "", false), null, InstantSource.system());
        rows = new HistoryRows(store.records(), JellySettings.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aHistoryThatIsTooLargeShowsItsNewestRows() {
        for (int i = 1; i <= 6; i++) {
            rows.put(ANNA, THREAD, "row " + i, HistoryRow.jelly(i + LARGE, NOW));
        }

        ArrayNode shown = rows.of(new JellyUser(1, ANNA, THREAD));

        assertThat(ids(shown)).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(shown.get(0).get("content").stringValue()).startsWith("2x");
    }

    @Test
    void questionsThatAreTooLargeForOnePageGoOnAfterIt() {
        for (int i = 1; i <= 6; i++) {
            rows.putAnswered(
                    ANNA,
                    "turn " + i,
                    new Answered(NOW, LARGE.substring(100_000), LARGE.substring(100_000)));
        }

        assertThat(ids(rows.answered(ANNA, 0, 1000))).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ids(rows.answered(ANNA, 5, 1000))).containsExactly(6L);
        assertThat(ids(rows.answered(ANNA, 1, 2))).containsExactly(2L, 3L);
    }

    @Test
    void aMessageThatIsWrittenTwiceCountsOnce() {
        HistoryRow message = new HistoryRow(HistoryRow.Type.HUMAN, "Hello", NOW, "wiki");

        assertThat(rows.questions(ANNA)).isZero();
        for (String key : List.of("one", "two", "one")) {
            rows.put(ANNA, THREAD, key, message);
        }
        rows.put(ANNA, THREAD, "answer", HistoryRow.jelly("Hi", NOW));

        assertThat(rows.questions(ANNA)).isEqualTo(2);
    }

    private static List<Long> ids(ArrayNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.get("id").longValue())
                .toList();
    }
}
