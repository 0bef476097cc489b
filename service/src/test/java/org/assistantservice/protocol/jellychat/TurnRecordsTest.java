package org.assistantservice.protocol.jellychat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.dispatch.CatalogLease;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Sampling;
import org.assistantservice.protocol.jellychat.TurnRecords.Turn;
import org.assistantservice.record.RecordStore.Space;
import org.assistantservice.run.AssistantTools;
import org.assistantservice.run.HistoryWindow;
import org.assistantservice.run.RoundCap;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunReads;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.store.EmbeddedStore;
import org.assistantservice.store.StoreSettings;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TurnRecordsTest {
    private static final Principal ANNA = Principal.ANONYMOUS;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Space OPEN = new Space(ANNA.tenant(), "jellychat.open");
    private static final ThreadId THREAD = ThreadId.random();

    private final FakeRuns runs = new FakeRuns();
    private EmbeddedStore store;
    private HistoryRows rows;
    private TurnRecords records;

    @BeforeEach
    void open(@TempDir Path directory) {
        store =
                EmbeddedStore.open(
                        new StoreSettings(directory, "", false), null, InstantSource.system());
        rows = new HistoryRows(store.records(), JellySettings.DEFAULT);
        records = recordsAt(NOW);
    }

    private TurnRecords recordsAt(Instant now) {
        return new TurnRecords(
                store.records(),
                rows,
                new TurnRecords.Journal(runs, store.threads(), Clock.fixed(now, ZoneOffset.UTC)),
                new Sentences(new AssistantTools(new NoActions())),
                JellySettings.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTurnThatNobodyFollowedIsWrittenByTheChore() {
        create(THREAD);
        begun(THREAD, "Hello", RunStatus.COMPLETED, "Hi");

        new UnfollowedTurns(records).run();

        assertThat(history(THREAD)).containsExactly("human: Hello", "jelly: Hi");
        assertThat(store.records().count(OPEN)).isZero();
    }

    @Test
    void theChoreWritesEverythingAndARequestWhatItMayWaitFor() {
        for (int i = 0; i < 101; i++) {
            ThreadId thread = ThreadId.random();
            create(thread);
            begun(thread, "Hello", RunStatus.COMPLETED, "Hi");
        }

        records.settleSome(ANNA);
        assertThat(store.records().count(OPEN)).isEqualTo(51);
        records.settleAll(ANNA.tenant());

        assertThat(store.records().count(OPEN)).isZero();
        assertThat(rows.questions(ANNA)).isEqualTo(101);
    }

    @Test
    void aConversationIsWrittenWithoutALookAtThoseOfOthers() {
        create(THREAD);
        store.records().put(OPEN, RunId.random().value(), "{\"not\":\"to be read\"}");
        begun(THREAD, "Bye", RunStatus.COMPLETED, "See you");

        records.settle(ANNA, THREAD);

        assertThat(history(THREAD)).containsExactly("human: Bye", "jelly: See you");
    }

    @Test
    void aTurnIsWrittenThoughManyOtherRunsHaveFollowedOnItsThread() {
        create(THREAD);
        begun(THREAD, "Hello", RunStatus.COMPLETED, "Hi");
        for (int i = 0; i < 20; i++) {
            runs.all.add(run(RunId.random(), THREAD, RunStatus.COMPLETED));
        }

        records.settleAll(ANNA.tenant());

        assertThat(history(THREAD)).containsExactly("human: Hello", "jelly: Hi");
    }

    @Test
    void aTurnWithoutARunIsForgottenWhenItCannotComeAnyMore() {
        records.begin(new Turn(ANNA, THREAD, RunId.random()));

        recordsAt(NOW.plusSeconds(600)).settleAll(ANNA.tenant());
        assertThat(store.records().count(OPEN)).isOne();
        recordsAt(NOW.plusSeconds(601)).settleAll(ANNA.tenant());

        assertThat(store.records().count(OPEN)).isZero();
    }

    @Test
    void theModelSeesTheApologyBehindItsQuestion() {
        create(THREAD);
        begun(THREAD, "Hello", RunStatus.FAILED, "Ha");

        records.settle(ANNA, THREAD);

        assertThat(messages(THREAD))
                .containsExactly("Hello", "Ha", JellySettings.DEFAULT.apology());
    }

    @Test
    void anApologyNeverStandsBehindTheNextQuestion() {
        create(THREAD);
        begun(THREAD, "Hello", RunStatus.FAILED, "Ha");
        begun(THREAD, "And now?", RunStatus.IN_PROGRESS, "Well");

        records.settle(ANNA, THREAD);

        assertThat(messages(THREAD)).containsExactly("Hello", "Ha", "And now?", "Well");
        assertThat(history(THREAD))
                .containsExactly(
                        "human: Hello",
                        "jelly: " + JellySettings.DEFAULT.apology(),
                        "human: And now?");
    }

    private void create(ThreadId thread) {
        store.threads().create(new ChatThread(thread, ANNA, null, NOW, Map.of()));
    }

    private void begun(ThreadId thread, String question, RunStatus status, String answer) {
        Run run = run(RunId.random(), thread, status);
        records.begin(new Turn(ANNA, thread, run.id()));
        runs.all.add(run);
        say(run, Message.Role.USER, question);
        say(run, Message.Role.ASSISTANT, answer);
    }

    private void say(Run run, Message.Role role, String text) {
        store.threads()
                .append(
                        ANNA,
                        new Message(
                                MessageId.random(),
                                run.threadId(),
                                role,
                                Message.Status.COMPLETED,
                                List.of(text),
                                null,
                                run.id(),
                                NOW,
                                NOW,
                                null,
                                Map.of()));
    }

    private List<String> messages(ThreadId thread) {
        return store
                .threads()
                .messages(ANNA, thread, PageRequest.oldestFirst(100), null)
                .data()
                .stream()
                .map(Message::text)
                .toList();
    }

    private List<String> history(ThreadId thread) {
        List<String> all = new ArrayList<>();
        for (JsonNode row : rows.of(new JellyUser(1, ANNA, thread))) {
            all.add(
                    row.get("message_type").stringValue()
                            + ": "
                            + row.get("content").stringValue());
        }
        return all;
    }

    private static Run run(RunId id, ThreadId thread, RunStatus status) {
        return new Run(
                new RunSpec(
                        id,
                        thread,
                        new AssistantId("asst_jelly"),
                        "1",
                        ANNA,
                        CorrelationId.random(),
                        "scripted",
                        "",
                        List.of(),
                        Sampling.DEFAULT,
                        new RoundCap(4, RoundCap.AtCap.ANSWER),
                        11,
                        false,
                        Map.of(),
                        NOW,
                        NOW),
                RunState.QUEUED.withStatus(status));
    }

    private static final class NoActions implements ActionSource {
        @Override
        public ActionCatalog current() {
            return new ActionCatalog(List.of(), Map.of());
        }

        @Override
        public CatalogLease lease() {
            throw new AssertionError("Not needed to call");
        }

        @Override
        public CatalogLease lease(Map<String, String> packDigests) {
            throw new AssertionError("Not needed to call");
        }
    }

    /// Runs in memory, in the order of their acceptance.
    private static final class FakeRuns implements RunReads {
        final List<Run> all = new ArrayList<>();

        @Override
        public Optional<Run> run(Principal principal, RunId id) {
            return all.stream().filter(run -> run.id().equals(id)).findAny();
        }

        @Override
        public Page<Run> runs(Principal principal, ThreadId thread, PageRequest page) {
            assertThat(page).isEqualTo(new PageRequest(10, true, null, null));
            List<Run> newestFirst =
                    all.stream().filter(run -> run.threadId().equals(thread)).toList().reversed();
            return new Page<>(newestFirst.stream().limit(10).toList(), newestFirst.size() > 10);
        }

        @Override
        public Page<RunStep> steps(Principal principal, RunId run, PageRequest page) {
            return new Page<>(List.of(), false);
        }

        @Override
        public List<SequencedEvent> events(RunId run, RunCursor after, int limit) {
            throw new AssertionError("Not needed to read");
        }

        @Override
        public Optional<RunCursor> lastStored(RunId run) {
            throw new AssertionError("Not needed to read");
        }

        @Override
        public List<Message> history(Run run, HistoryWindow window) {
            throw new AssertionError("Not needed to read");
        }
    }
}
