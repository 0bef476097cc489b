package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
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

/// Turns what the runs' journal holds into rows of histories. A turn is open from its beginning
/// until its rows are written; whoever comes by writes the rows of those whose run is over, so that
/// neither a client that left nor a crash loses one. Blocks; thread-safe.
@Singleton
final class TurnRecords {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String THREAD = "thread";
    private static final String OWNER = "owner";

    private final RecordStore records;
    private final HistoryRows rows;
    private final RunReads runs;
    private final ThreadStore threads;
    private final Sentences sentences;
    private final JellySettings settings;

    TurnRecords(
            RecordStore records,
            HistoryRows rows,
            RunReads runs,
            ThreadStore threads,
            Sentences sentences,
            JellySettings settings) {
        this.records = records;
        this.rows = rows;
        this.runs = runs;
        this.threads = threads;
        this.sentences = sentences;
        this.settings = settings;
    }

    /// Notes a turn. The user's row is written as soon as its run has left the queue.
    void begun(Run run, String message) {
        Principal owner = run.spec().principal();
        String json =
                JSON.writeValueAsString(
                        JSON.createObjectNode()
                                .put(THREAD, run.threadId().value())
                                .put(OWNER, owner.name()));
        records.put(open(owner), run.id().value(), json);
        if (run.status() != RunStatus.QUEUED) {
            settle(owner, isOf(run.threadId()).and(turn -> !turn.run().equals(run.id())));
            putHuman(run, message);
        }
    }

    /// Writes the rows of all turns of a conversation that are over. The rows of one stand before
    /// those of the next, since its run was over before the next one's began.
    void settle(Principal owner, ThreadId thread) {
        settle(owner, isOf(thread));
    }

    /// Writes the rows of all turns that are over, of all users whom the reader may see.
    void settleAll(Principal reader) {
        settle(reader, _ -> true);
    }

    /// A turn that has begun.
    private record Turn(Principal owner, ThreadId thread, RunId run) {}

    private static Predicate<Turn> isOf(ThreadId thread) {
        return turn -> turn.thread().equals(thread);
    }

    private void settle(Principal reader, Predicate<Turn> wanted) {
        long place = 0;
        List<Row> page;
        do {
            page = records.list(open(reader), place, RecordStore.MAX_LIMIT);
            page.stream().map(row -> turn(reader, row)).filter(wanted).forEach(this::settle);
            place = page.isEmpty() ? place : page.getLast().seq();
        } while (page.size() == RecordStore.MAX_LIMIT);
    }

    private static Turn turn(Principal reader, Row row) {
        JsonNode json = JSON.readTree(row.json());
        return new Turn(
                new Principal(reader.tenant(), json.required(OWNER).stringValue()),
                new ThreadId(json.required(THREAD).stringValue()),
                new RunId(row.key()));
    }

    /// A turn whose conversation was deleted is forgotten.
    private void settle(Turn turn) {
        Optional<Run> found = runs.run(turn.owner(), turn.run());
        if (found.isEmpty()) {
            records.remove(open(turn.owner()), turn.run().value());
        } else if (found.get().status().isTerminal()) {
            settle(found.get());
        }
    }

    private void settle(Run run) {
        Principal owner = run.spec().principal();
        List<Message> messages = messages(run);
        String question =
                messages.stream()
                        .filter(message -> message.role() == Message.Role.USER)
                        .map(Message::text)
                        .findFirst()
                        .orElse("");
        Optional<String> answer = Answers.of(run, messages);
        String told = answer.orElse(settings.apology());
        Instant at = endedAt(run);
        putHuman(run, question);
        putTools(run);
        put(run, ".jelly", HistoryRow.jelly(told, at));
        rows.putAnswered(owner, run.id().value(), new HistoryRows.Answered(at, question, told));
        boolean isFirst = records.remove(open(owner), run.id().value()).isPresent();
        if (isFirst && answer.isEmpty()) {
            // The model is to see what the user was told.
            threads.append(
                    owner, JellyUsers.said(run.threadId(), run.spec().assistantId(), told, at));
        }
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
                page -> threads.messages(run.spec().principal(), thread, page, run.id()),
                message -> message.id().value());
    }

    private List<RunStep> steps(Run run) {
        return all(
                page -> runs.steps(run.spec().principal(), run.id(), page),
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
