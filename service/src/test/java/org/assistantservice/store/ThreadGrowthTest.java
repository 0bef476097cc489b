package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.assistantservice.actions.Effect;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunJournal.AcceptResult;
import org.assistantservice.run.RunJournal.AcceptResult.Accepted;
import org.assistantservice.run.RunJournal.Acceptance;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.PageRequest;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/// A message on a long thread costs what it costs on a short one: counted in instructions of
/// SQLite's machine and in the plans of all statements, not in time.
final class ThreadGrowthTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final AtomicLong instructions = new AtomicLong();
    private final Set<String> statements = new ConcurrentSkipListSet<>();
    private final SettableClock clock = new SettableClock();
    private SqliteFile file;
    private WriteQueue writes;
    private ReadPool reads;
    private SqlRunJournal journal;
    private SqlRunReads runReads;
    private SqlThreadStore threads;

    @BeforeEach
    void open(@TempDir Path directory) {
        file = new SqliteFile(directory);
        file.prepare();
        var toolLists = new ToolLists();
        var runs = new RunRows(toolLists);
        writes =
                new WriteQueue(
                        () -> watched(file.openDurable()),
                        new DeltaLog(NEVER),
                        SqliteStores.PATIENCE);
        reads = new ReadPool(() -> watched(file.openForReading()), SqliteStores.PATIENCE);
        journal = new SqlRunJournal(writes, runs, toolLists, clock);
        runReads = new SqlRunReads(reads, runs);
        threads = new SqlThreadStore(writes, reads);
        writes.start();
    }

    @AfterEach
    void close() {
        writes.close();
        reads.close();
    }

    @Test
    void aTurnOnALongThreadTakesAsMuchWorkAsOnAShortOne() {
        ThreadId brief = threadWith(100);
        ThreadId lengthy = threadWith(10_000);
        turn(brief);
        turn(lengthy);

        long onBrief = workOf(brief);
        long onLengthy = workOf(lengthy);

        assertThat(onBrief).isGreaterThan(1000);
        assertThat(onLengthy).isLessThan(onBrief * 11 / 10);
    }

    @Test
    void noStatementOnTheWayOfAMessageSortsOrReadsMoreThanTheRunsThatWait() {
        ThreadId thread = threadWith(10_000);

        turn(thread);

        assertThat(statements).hasSizeGreaterThan(25);
        assertThat(plans())
                .filteredOn(line -> line.startsWith("SCAN "))
                .singleElement(STRING)
                .startsWith("SCAN runs USING INDEX runs_waiting in SELECT id");
        assertThat(plans()).noneMatch(line -> line.contains("TEMP B-TREE"));
    }

    @Test
    void onlyTheFirstRunOfAVersionLooksForItsAssistantAndFunctions() {
        turn(threadWith(4));
        statements.clear();
        turn(threadWith(4));
        assertThat(pinning()).isEmpty();

        Acceptance other = Given.withFunctions(Given.onNewThread("Hello"), 1000);
        journal.accept(other);
        assertThat(pinning()).isNotEmpty();

        statements.clear();
        journal.accept(Given.withFunctions(Given.onNewThread("Hello"), 1000));
        assertThat(pinning()).isEmpty();
    }

    @Test
    void whatIsForgottenIsFoundAmongManyRunsThatAreRemembered() {
        threadWith(10_000);
        statements.clear();

        journal.forget(Given.NOW);

        assertThat(plans())
                .noneMatch(line -> line.startsWith("SCAN "))
                .anyMatch(line -> line.contains(" INDEX runs_remembered "))
                .anyMatch(line -> line.contains(" INDEX runs_vanishing "));
    }

    private List<String> pinning() {
        return statements.stream()
                .filter(sql -> sql.contains("tool_lists") || sql.contains("assistants"))
                .toList();
    }

    private long workOf(ThreadId thread) {
        long before = instructions.get();
        turn(thread);
        return instructions.get() - before;
    }

    /// All that happens for a message: accepted, shown, planned, called, answered, read again; and
    /// one more that waits meanwhile.
    private void turn(ThreadId thread) {
        Claim claim = claimOn(thread);
        Run run = claim.run();
        Accepted waiting =
                Given.accepted(journal.accept(Given.on(thread, "And now?", BusyPolicy.ENQUEUE)));
        assertThat(journal.claim(Given.OWNER, Given.LEASE, _ -> false)).isEmpty();
        runReads.history(run, Given.WINDOW);
        answer(claim);
        runReads.run(Given.ANNA, run.id());
        runReads.steps(Given.ANNA, run.id(), PageRequest.oldestFirst(20));
        runReads.events(run.id(), RunCursor.start(run.id()), 100);
        runReads.lastStored(run.id());
        threads.find(Given.ANNA, thread);
        threads.messages(Given.ANNA, thread, new PageRequest(20, true, null, null), null);
        journal.renew(List.of(claim.lease()), Given.LEASE);
        journal.expireQueued(Given.NOW);
        journal.cancel(Given.ANNA, waiting.run().id(), Given.LATER);
    }

    private Claim claimOn(ThreadId thread) {
        return claimIn(journal.accept(Given.on(thread, "Hello", BusyPolicy.ENQUEUE)));
    }

    private static Claim claimIn(AcceptResult result) {
        return StoreContract.claimIn(Given.accepted(result));
    }

    private void answer(Claim claim) {
        Run run = claim.run();
        ToolCall call = Given.call(0, Effect.ONCE);
        RunStep step = Given.callStep(run, 1, call);
        journal.plan(
                        claim.lease(),
                        run,
                        List.of(step),
                        List.of(),
                        Map.of("weather", "abc"),
                        List.of())
                .await();
        journal.start(claim.lease(), step.id(), List.of(call));
        ToolCall done = call.ended(ToolCall.State.DONE, "18 degrees");
        journal.result(claim.lease(), step.id(), done, List.of());
        journal.stepFinished(claim.lease(), run, step, List.of()).await();
        Run over = Given.completed(run);
        Message answer = Given.reply(run, "18 degrees in Lisbon");
        journal.finish(
                claim.lease(),
                over,
                List.of(Given.messageStep(run, 2, answer)),
                List.of(answer),
                List.of(Given.row(1, 2, RunChanged.to(over))));
    }

    /// A thread whose messages came with runs that are over.
    private ThreadId threadWith(int messages) {
        Claim first = claimIn(journal.accept(Given.onNewThread("Hello")));
        answer(first);
        try (Handle handle = file.openDurable()) {
            handle.useTransaction(it -> fill(it, first.run(), messages));
        }
        return first.run().threadId();
    }

    /// Copies the run and its two messages until there are enough.
    private static void fill(Handle handle, Run run, int messages) {
        String thread = run.threadId().value();
        String newRun = "'" + thread.replace("thread_", "run_") + "' || i";
        copy(handle, "runs", messages / 2, thread, Map.of("id", newRun, "thread_seq", "i"));
        copy(
                handle,
                "messages",
                messages / 2,
                thread,
                Map.of("id", "id || i", "run_id", newRun, "seq", "seq + 2 * (i - 1)"));
        handle.execute(
                "UPDATE threads SET next_run_seq = ?, next_message_seq = ? WHERE id = ?",
                messages / 2 + 1,
                messages + 1,
                thread);
    }

    /// Copies a thread's rows for each `i` from 2 on, with some columns changed.
    private static void copy(
            Handle handle, String table, int times, String thread, Map<String, String> changed) {
        String values =
                handle
                        .createQuery("SELECT name FROM pragma_table_info('%s')".formatted(table))
                        .mapTo(String.class)
                        .stream()
                        .map(column -> changed.getOrDefault(column, column))
                        .collect(Collectors.joining(", "));
        handle.execute(
                """
                INSERT INTO %s
                WITH RECURSIVE c(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM c WHERE i < %d)
                SELECT %s FROM (SELECT * FROM %s WHERE thread_id = ?), c
                """
                        .formatted(table, times, values, table),
                thread);
    }

    private Handle watched(Handle handle) {
        handle.getConfig(SqlStatements.class).setSqlLogger(new Recorder());
        try {
            ProgressHandler.setHandler(handle.getConnection(), 1, new Counter());
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite does not count", e);
        }
        return handle;
    }

    private List<String> plans() {
        try (Handle handle = file.openForReading()) {
            return statements.stream()
                    .filter(sql -> sql.contains("WHERE"))
                    .flatMap(sql -> plan(handle, sql).stream().map(line -> line + " in " + sql))
                    .toList();
        }
    }

    private static List<String> plan(Handle handle, String sql) {
        try (var statement = handle.getConnection().prepareStatement("EXPLAIN QUERY PLAN " + sql);
                var rows = statement.executeQuery()) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString("detail"));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException("No plan for " + sql, e);
        }
    }

    private final class Recorder implements SqlLogger {
        @Override
        public void logBeforeExecution(StatementContext context) {
            statements.add(context.getParsedSql().getSql());
        }
    }

    private final class Counter extends ProgressHandler {
        @Override
        protected int progress() {
            instructions.incrementAndGet();
            return 0;
        }
    }
}
