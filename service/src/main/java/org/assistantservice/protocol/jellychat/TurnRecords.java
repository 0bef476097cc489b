package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.record.RecordStore;
import org.assistantservice.record.RecordStore.Row;
import org.assistantservice.record.RecordStore.Space;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunReads;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.ThreadStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Turns what the runs' journal holds into rows of histories. A turn is noted before its run is
/// accepted and until its rows are written; whoever comes by writes what rows it has by then, so
/// that neither a client that left nor a crash loses one. Blocks; thread-safe.
@Singleton
final class TurnRecords {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String THREAD = "thread";
    private static final String OWNER = "owner";
    private static final String NOTED_AT = "noted_at";

    /// Runs of one conversation that may have rows to write, however they came: one is under way, a
    /// few wait, and one or two have ended since the last one was begun.
    private static final PageRequest NEWEST = new PageRequest(10, true, null, null);

    /// Turns whose rows are written at once.
    private static final int BATCH = 50;

    /// When a run that was to be accepted is there, if it ever will be.
    private static final Duration LONGEST_ACCEPT = Duration.ofMinutes(10);

    private final RecordStore records;
    private final HistoryRows rows;
    private final Journal journal;
    private final Sentences sentences;
    private final JellySettings settings;

    TurnRecords(
            RecordStore records,
            HistoryRows rows,
            Journal journal,
            Sentences sentences,
            JellySettings settings) {
        this.records = records;
        this.rows = rows;
        this.journal = journal;
        this.sentences = sentences;
        this.settings = settings;
    }

    /// Where the journal's contents are read.
    @Singleton
    record Journal(RunReads runs, ThreadStore threads, Clock clock) {}

    /// A turn, and the run that it is to be.
    record Turn(Principal owner, ThreadId thread, RunId run) {}

    /// Notes a turn whose run is to be accepted next.
    void begin(Turn turn) {
        String json =
                JSON.writeValueAsString(
                        JSON.createObjectNode()
                                .put(THREAD, turn.thread().value())
                                .put(OWNER, turn.owner().name())
                                .put(NOTED_AT, journal.clock().millis()));
        records.put(open(turn.owner()), turn.run().value(), json);
    }

    /// Forgets a turn whose run was not accepted.
    void refuse(Turn turn) {
        records.remove(open(turn.owner()), turn.run().value());
    }

    /// Writes the rows of all turns of a conversation that have left the queue: the user's, and
    /// once they are over all others. Goes by the order in which runs ended, with those under way
    /// last: the rows of one stand before those of the next, since its run was over before the next
    /// one's began. Reads no more than a few runs however many turns are noted, since whoever
    /// begins one has written the rows of those before.
    void settle(Principal owner, ThreadId thread) {
        journal.runs().runs(owner, thread, NEWEST).data().stream()
                .filter(TurnRecords::hasBegun)
                .filter(this::isOpen)
                .sorted(Comparator.comparing(TurnRecords::place))
                .forEach(this::settle);
    }

    /// Writes the rows of the turns that have waited longest for theirs, of all users whom the
    /// reader may see: so many that a request may wait for it.
    void settleSome(Principal reader) {
        settle(reader, records.list(open(reader), 0, BATCH));
    }

    /// Writes the rows of all turns of a tenant: those whose client has left are written when
    /// nobody asks for them, too.
    void settleAll(TenantId tenant) {
        Principal reader = new Principal(tenant, "");
        long place = 0;
        List<Row> batch;
        do {
            batch = records.list(open(reader), place, BATCH);
            settle(reader, batch);
            place = batch.isEmpty() ? place : batch.getLast().seq();
        } while (batch.size() == BATCH);
    }

    private void settle(Principal reader, List<Row> batch) {
        batch.stream().map(row -> noted(reader, row)).forEach(this::settle);
    }

    private record Noted(Turn turn, Instant at) {}

    private static Noted noted(Principal reader, Row row) {
        JsonNode json = JSON.readTree(row.json());
        Turn turn =
                new Turn(
                        new Principal(reader.tenant(), json.required(OWNER).stringValue()),
                        new ThreadId(json.required(THREAD).stringValue()),
                        new RunId(row.key()));
        return new Noted(turn, Instant.ofEpochMilli(json.required(NOTED_AT).longValue()));
    }

    /// A turn without a run is forgotten when its run cannot come any more: it was refused, or its
    /// conversation was deleted.
    private void settle(Noted noted) {
        Turn turn = noted.turn();
        Optional<Run> run = journal.runs().run(turn.owner(), turn.run());
        if (run.isEmpty() && noted.at().plus(LONGEST_ACCEPT).isBefore(journal.clock().instant())) {
            refuse(turn);
        }
        run.filter(TurnRecords::hasBegun)
                .ifPresent(begun -> {
                    settle(turn.owner(), turn.thread());
                    if (isOpen(begun)) {
                        // It is under way, or so many runs of others have followed on its thread.
                        settle(begun);
                    }
                });
    }

    private boolean isOpen(Run run) {
        return records.find(open(run.spec().principal()), run.id().value()).isPresent();
    }

    private static boolean hasBegun(Run run) {
        return run.status() != RunStatus.QUEUED;
    }

    private static boolean isOver(Run run) {
        return run.status().isTerminal();
    }

    private static Instant place(Run run) {
        return isOver(run) ? endedAt(run) : Instant.MAX;
    }

    private void settle(Run run) {
        List<Message> messages = messages(run);
        String question =
                messages.stream()
                        .filter(message -> message.role() == Message.Role.USER)
                        .map(Message::text)
                        .findFirst()
                        .orElse("");
        putHuman(run, question);
        if (isOver(run)) {
            end(run, question, Answers.of(run, messages));
        }
    }

    private void end(Run run, String question, Optional<String> answer) {
        Principal owner = run.spec().principal();
        String told = answer.orElse(settings.apology());
        Instant at = endedAt(run);
        putTools(run);
        put(run, ".jelly", HistoryRow.jelly(told, at));
        rows.putAnswered(owner, run.id().value(), new HistoryRows.Answered(at, question, told));
        boolean isFirst = records.remove(open(owner), run.id().value()).isPresent();
        if (isFirst && answer.isEmpty() && isNewest(run)) {
            // The model is to see what the user was told, but never behind the next question.
            journal.threads()
                    .append(
                            owner,
                            JellyUsers.said(run.threadId(), run.spec().assistantId(), told, at));
        }
    }

    /// Whether the conversation has gone no further.
    private boolean isNewest(Run run) {
        PageRequest last = new PageRequest(1, true, null, null);
        return journal
                .threads()
                .messages(run.spec().principal(), run.threadId(), last, null)
                .data()
                .stream()
                .anyMatch(message -> run.id().equals(message.runId()));
    }

    private void putHuman(Run run, String message) {
        String application = run.spec().metadata().getOrDefault(JellyTurns.APPLICATION, "");
        Instant started = run.state().startedAt();
        Instant at = started == null ? run.spec().createdAt() : started;
        put(run, ".human", new HistoryRow(HistoryRow.Type.HUMAN, message, at, application));
    }

    private void putTools(Run run) {
        for (RunStep step : steps(run)) {
            if (step.details() instanceof ToolCalls round) {
                for (ToolCall call : round.calls()) {
                    String key = ".tool.%d.%d".formatted(step.seq(), call.index());
                    put(run, key, HistoryRow.tool(sentences.of(call), step.createdAt()));
                }
            }
        }
    }

    private void put(Run run, String key, HistoryRow row) {
        rows.put(run.spec().principal(), run.threadId(), run.id().value() + key, row);
    }

    private List<Message> messages(Run run) {
        ThreadId thread = run.threadId();
        return all(
                page -> journal.threads().messages(run.spec().principal(), thread, page, run.id()),
                message -> message.id().value());
    }

    private List<RunStep> steps(Run run) {
        return all(
                page -> journal.runs().steps(run.spec().principal(), run.id(), page),
                step -> step.id().value());
    }

    private static <T> List<T> all(Function<PageRequest, Page<T>> pages, Function<T, String> id) {
        List<T> all = new ArrayList<>();
        PageRequest next = PageRequest.oldestFirst(PageRequest.MAX_LIMIT);
        Page<T> page;
        do {
            page = pages.apply(next);
            all.addAll(page.data());
            String last = all.isEmpty() ? null : id.apply(all.getLast());
            next = new PageRequest(PageRequest.MAX_LIMIT, false, last, null);
        } while (page.hasMore());
        return all;
    }

    private static Instant endedAt(Run run) {
        Instant ended = run.state().endedAt();
        return ended == null ? run.spec().createdAt() : ended;
    }

    private static Space open(Principal owner) {
        return new Space(owner.tenant(), "jellychat.open");
    }
}
