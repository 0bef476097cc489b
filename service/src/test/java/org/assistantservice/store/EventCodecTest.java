package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assistantservice.actions.Effect;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Usage;
import org.assistantservice.run.EventRow;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunError;
import org.assistantservice.run.RunEvent;
import org.assistantservice.run.RunEvent.CallProgress;
import org.assistantservice.run.RunEvent.CallsFinished;
import org.assistantservice.run.RunEvent.CallsPlanned;
import org.assistantservice.run.RunEvent.MessageChanged;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.Metadata;
import org.assistantservice.run.RunEvent.Reset;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunEvent.StepChanged;
import org.assistantservice.run.RunEvent.StepDelta;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.run.ToolCall;
import org.assistantservice.thread.Message;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// The fixture `events-v1.json` holds rows as version 1 of the codec wrote them. It is never
/// edited: what it holds must stay readable.
final class EventCodecTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final RunSpec SPEC = Given.spec(new ThreadId("thread_1"), Given.ANNA);
    private static final Instant PRECISE = Instant.parse("2026-03-01T10:00:00.123456789Z");
    private static final StepId STEP = new StepId("step_1");
    private static final MessageId MESSAGE = new MessageId("msg_1");
    private static final RunId RUN = new RunId("run_1");

    private static Run run(RunState state) {
        return new Run(SPEC, state);
    }

    private static ToolCall call() {
        return new ToolCall(
                new CallId("call_1"),
                0,
                "get_weather",
                new ActionRef("weather", "get_weather"),
                Effect.READ_ONLY,
                "{\"city\":\"Lisbon\"}",
                "{\"signature\":\"x\"}",
                ToolCall.State.DONE,
                "18 \"degrees\" ☀");
    }

    private static RunStep step(RunStep.Details details) {
        return new RunStep(
                STEP,
                RUN,
                new ThreadId("thread_1"),
                Given.ASSISTANT_ID,
                2,
                RunStep.Status.FAILED,
                details,
                PRECISE,
                PRECISE,
                new RunError(
                        RunError.Code.RATE_LIMIT_EXCEEDED,
                        "Slow down",
                        "rate",
                        Duration.ofSeconds(7)),
                new Usage(1, 2));
    }

    private static Message message() {
        return new Message(
                MESSAGE,
                new ThreadId("thread_1"),
                Message.Role.ASSISTANT,
                Message.Status.INCOMPLETE,
                List.of("Hel", "lo"),
                Given.ASSISTANT_ID,
                RUN,
                PRECISE,
                PRECISE,
                "max_tokens",
                Map.of("k", "v"));
    }

    private static List<EventRow> rows() {
        var waiting =
                new RunState(
                        RunStatus.REQUIRES_ACTION,
                        PRECISE,
                        null,
                        null,
                        null,
                        List.of(call()),
                        new Usage(3, 4));
        var failed =
                new RunState(
                        RunStatus.FAILED,
                        PRECISE,
                        PRECISE,
                        new RunError(RunError.Code.SERVER_ERROR, "Sorry", "internal", null),
                        "max_completion_tokens",
                        List.of(),
                        null);
        RunStep calls = step(new RunStep.ToolCalls("Let me look.", List.of(call())));
        return List.of(
                Given.row(0, 1, RunChanged.created(run(RunState.QUEUED))),
                Given.row(0, 2, RunChanged.to(run(failed))),
                Given.row(1, 1, new StepChanged(true, step(new RunStep.MessageCreation(MESSAGE)))),
                Given.row(
                        1,
                        2,
                        new StepDelta(STEP, 0, new CallId("call_1"), "get_weather", ""),
                        new StepDelta(STEP, 0, null, null, "{\"city\":")),
                Given.row(1, 4, new StepDelta(STEP, 0, null, null, "\"Lisbon\"}")),
                Given.row(1, 5, new CallsPlanned(run(waiting), calls)),
                Given.row(1, 6, new CallsFinished(run(failed), calls)),
                Given.row(1, 7, new MessageChanged(false, message())),
                Given.row(1, 8, new MessageDelta(MESSAGE, "Hé"), new MessageDelta(MESSAGE, "")),
                Given.row(2, 1, new Reset(SPEC.id(), 2)),
                Given.row(
                        2,
                        2,
                        new Metadata(
                                SPEC.id(),
                                SPEC.threadId(),
                                new CorrelationId("correlation-1"),
                                Duration.ofMillis(1234),
                                17,
                                PRECISE)));
    }

    @Test
    void everyEventIsReadAsItWasWritten() {
        for (EventRow row : rows()) {
            assertThat(EventCodec.decode(EventCodec.encode(row), () -> SPEC))
                    .isEqualTo(Given.sequenced(row));
        }
    }

    @Test
    void rowsOfVersionOneStayReadable() throws IOException {
        List<SequencedEvent> read = new ArrayList<>();
        for (JsonNode row : fixture("events-v1.json")) {
            read.addAll(EventCodec.decode(stored(row), () -> SPEC));
        }

        assertThat(read).isEqualTo(Given.sequenced(rows().toArray(new EventRow[0])));
    }

    @Test
    void whatIsWrittenIsVersionOne() throws IOException {
        ArrayNode written = MAPPER.createArrayNode();
        EventCodec.encode(rows()).forEach(row -> written.add(json(row)));

        assertThat(written).isEqualTo(fixture("events-v1.json"));
    }

    @Test
    void anAssistantOfVersionOneStaysReadable() throws IOException {
        String stored = fixture("assistant-v1.json").toString();

        assertThat(StoredJson.read(stored, Assistant.class)).isEqualTo(Given.ASSISTANT);
        assertThat(MAPPER.readTree(StoredJson.write(Given.ASSISTANT)))
                .isEqualTo(fixture("assistant-v1.json"));
    }

    @Test
    void componentsOfLaterVersionsAreIgnored() {
        var row = new StoredRow(2, 1, 1, 0, "reset", 1, "{\"epoch\":2,\"why\":\"later\"}");

        assertThat(EventCodec.decode(row, () -> SPEC))
                .containsExactly(new SequencedEvent(2, 1, new Reset(SPEC.id(), 2)));
    }

    @Test
    void aFormThatIsNotKnownIsRefused() {
        var row = new StoredRow(2, 1, 1, 0, "reset", 2, "{}");

        assertThatThrownBy(() -> EventCodec.decode(row, () -> SPEC))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("An event of form 2 cannot be read: this service knows form 1");
    }

    @Test
    void progressIsNeverStored() {
        RunEvent progress = new CallProgress(RUN, new CallId("call_1"), "half");

        assertThatThrownBy(() -> EventCodec.encode(Given.row(1, 1, progress)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CallProgress is live only and never stored");
    }

    @Test
    void aRowHoldsDeltasOfOneThing() {
        var text = new MessageDelta(MESSAGE, "a");
        var other = new MessageDelta(new MessageId("msg_2"), "b");
        var piece = new StepDelta(STEP, 0, null, null, "a");
        var second = new StepDelta(STEP, 0, new CallId("call_2"), "f", "");

        assertThatThrownBy(() -> EventCodec.encode(Given.row(1, 1, text, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("One row holds deltas of one message or call, but found MessageDelta");
        assertThatThrownBy(() -> EventCodec.encode(Given.row(1, 1, piece, second)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("One row holds deltas of one message or call, but found StepDelta");
    }

    private static JsonNode json(StoredRow row) {
        return MAPPER.createObjectNode()
                .put("epoch", row.epoch())
                .put("n", row.n())
                .put("lastN", row.lastN())
                .put("changes", row.changes())
                .put("type", row.type())
                .put("version", row.version())
                .set("payload", MAPPER.readTree(row.payload()));
    }

    private static StoredRow stored(JsonNode row) {
        return new StoredRow(
                row.get("epoch").intValue(),
                row.get("n").intValue(),
                row.get("lastN").intValue(),
                row.get("changes").intValue(),
                row.get("type").stringValue(),
                row.get("version").intValue(),
                row.get("payload").toString());
    }

    private static JsonNode fixture(String name) throws IOException {
        try (InputStream file = EventCodecTest.class.getResourceAsStream(name)) {
            assertThat(file).isNotNull();
            return MAPPER.readTree(file.readAllBytes());
        }
    }
}
