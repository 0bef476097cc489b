package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptStatementsTest {
    private static final String LARGER = "SELECT n FROM numbers WHERE n > :n ORDER BY n";

    private final List<PreparedStatement> used = new ArrayList<>();
    private Handle handle;

    @BeforeEach
    void open(@TempDir Path directory) {
        handle = new SqliteFile(directory).openDurable();
        handle.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)");
        handle.execute("INSERT INTO numbers VALUES (1), (2), (3)");
        handle.getConfig(SqlStatements.class)
                .setSqlLogger(
                        new SqlLogger() {
                            @Override
                            public void logBeforeExecution(StatementContext context) {
                                used.add(context.getStatement());
                            }
                        });
    }

    @AfterEach
    void close() {
        handle.close();
    }

    @Test
    void theSameSqlIsPreparedOnce() {
        assertThat(larger(1)).containsExactly(2, 3);
        assertThat(larger(2)).containsExactly(3);

        assertThat(used).hasSize(2);
        assertThat(used.get(1)).isSameAs(used.get(0));
    }

    @Test
    void aStatementInUseIsNotGivenOutAgain() {
        List<List<Integer>> found =
                handle.createQuery(LARGER)
                        .bind("n", 1)
                        .map((row, _) -> larger(row.getInt("n")))
                        .list();

        assertThat(found).containsExactly(List.of(3), List.of());
        assertThat(used.get(1)).isNotSameAs(used.get(0));
    }

    @Test
    void aStatementThatFailedServesAgain() {
        insert(4);

        assertThatThrownBy(() -> insert(4)).isInstanceOf(UnableToExecuteStatementException.class);
        insert(5);

        assertThat(larger(3)).containsExactly(4, 5);
        assertThat(used.subList(0, 3)).containsOnly(used.getFirst());
    }

    @Test
    void aQueryLeftBeforeItsEndDoesNotHoldTheTransactionOpen() {
        handle.execute("BEGIN");
        assertThat(handle.createQuery(LARGER).bind("n", 0).mapTo(Integer.class).findFirst())
                .contains(1);
        handle.execute("COMMIT");

        handle.execute("DROP TABLE numbers");

        assertThat(handle.createQuery("SELECT 1").mapTo(Integer.class).one()).isEqualTo(1);
    }

    private List<Integer> larger(int n) {
        return handle.createQuery(LARGER).bind("n", n).mapTo(Integer.class).list();
    }

    private void insert(int n) {
        handle.createUpdate("INSERT INTO numbers VALUES (:n)").bind("n", n).execute();
    }
}
