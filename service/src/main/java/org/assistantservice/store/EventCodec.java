package org.assistantservice.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.StepId;
import org.assistantservice.run.EventRow;
import org.assistantservice.run.Run;
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
import org.assistantservice.thread.Message;
import org.jspecify.annotations.Nullable;

/// Events as rows of the log, and back. A run in an event is stored as its state alone, and joined
/// with what never changes of it on reading; the deltas of a row are stored as an array of texts.
final class EventCodec {
    /// Form of the payloads below. A change that old JSON cannot be read with gets the next number
    /// and a reader for each older one.
    static final int VERSION = 1;

    record RunPayload(RunStatus status, boolean creation, RunState state) {}

    record StepPayload(boolean creation, RunStep step) {}

    /// @param callId of the first piece; the others have none
    record CallDeltas(
            StepId stepId,
            int index,
            @Nullable CallId callId,
            @Nullable String name,
            List<String> arguments) {}

    record MessagePayload(boolean creation, Message message) {}

    record TextDeltas(MessageId messageId, List<String> texts) {}

    record CallsPayload(RunState state, RunStep step) {}

    record ResetPayload(int epoch) {}

    record MetadataPayload(
            CorrelationId correlationId, Duration elapsed, int eventCount, Instant timestamp) {}

    private EventCodec() {}

    static List<StoredRow> encode(List<EventRow> rows) {
        return rows.stream().map(EventCodec::encode).toList();
    }

    /// One row for each event.
    static List<StoredRow> encodeEach(List<SequencedEvent> events) {
        return events.stream()
                .map(event -> new EventRow(event.epoch(), event.n(), List.of(event.event())))
                .map(EventCodec::encode)
                .toList();
    }

    static StoredRow encode(EventRow row) {
        int changes = row.events().stream().mapToInt(RunEvent::changes).sum();
        RunEvent first = row.events().getFirst();
        return new StoredRow(
                row.epoch(),
                row.n(),
                row.lastN(),
                changes,
                type(first),
                VERSION,
                StoredJson.write(payload(first, row.events())));
    }

    private static String type(RunEvent event) {
        return switch (event) {
            case RunChanged _ -> "run";
            case StepChanged _ -> "step";
            case StepDelta _ -> "call_delta";
            case MessageChanged _ -> "message";
            case MessageDelta _ -> "text_delta";
            case CallsPlanned _ -> "calls_planned";
            case CallsFinished _ -> "calls_finished";
            case Reset _ -> "reset";
            case Metadata _ -> "metadata";
            case CallProgress _ -> throw neverStored();
        };
    }

    private static Object payload(RunEvent first, List<RunEvent> all) {
        return switch (first) {
            case RunChanged(var status, var creation, var run) ->
                    new RunPayload(status, creation, run.state());
            case StepChanged(var creation, var step) -> new StepPayload(creation, step);
            case StepDelta delta -> callDeltas(delta, all);
            case MessageChanged(var creation, var message) -> new MessagePayload(creation, message);
            case MessageDelta(var messageId, _) -> textDeltas(messageId, all);
            case CallsPlanned(var run, var step) -> new CallsPayload(run.state(), step);
            case CallsFinished(var run, var step) -> new CallsPayload(run.state(), step);
            case Reset(_, var epoch) -> new ResetPayload(epoch);
            case Metadata(_, _, var correlationId, var elapsed, var count, var timestamp) ->
                    new MetadataPayload(correlationId, elapsed, count, timestamp);
            case CallProgress _ -> throw neverStored();
        };
    }

    private static CallDeltas callDeltas(StepDelta first, List<RunEvent> all) {
        List<String> arguments = new ArrayList<>(all.size());
        for (RunEvent event : all) {
            boolean isFirst = arguments.isEmpty();
            if (!(event instanceof StepDelta piece) || !continues(first, piece, isFirst)) {
                throw mixed(event);
            }
            arguments.add(piece.arguments());
        }
        return new CallDeltas(
                first.stepId(), first.index(), first.callId(), first.name(), arguments);
    }

    private static boolean continues(StepDelta first, StepDelta piece, boolean isFirst) {
        return piece.stepId().equals(first.stepId())
                && piece.index() == first.index()
                && (isFirst || (piece.callId() == null && piece.name() == null));
    }

    private static TextDeltas textDeltas(MessageId messageId, List<RunEvent> all) {
        List<String> texts = new ArrayList<>(all.size());
        for (RunEvent event : all) {
            if (!(event instanceof MessageDelta(var id, var text)) || !id.equals(messageId)) {
                throw mixed(event);
            }
            texts.add(text);
        }
        return new TextDeltas(messageId, texts);
    }

    /// @param spec what never changes of the row's run; asked only where an event shows a run
    static List<SequencedEvent> decode(StoredRow row, Supplier<RunSpec> spec) {
        if (row.version() != VERSION) {
            throw new IllegalStateException(
                    "An event of form %d cannot be read: this service knows form %d"
                            .formatted(row.version(), VERSION));
        }
        List<RunEvent> events = events(row, spec);
        return IntStream.range(0, events.size())
                .mapToObj(i -> new SequencedEvent(row.epoch(), row.n() + i, events.get(i)))
                .toList();
    }

    private static List<RunEvent> events(StoredRow row, Supplier<RunSpec> spec) {
        return switch (row.type()) {
            case "text_delta" -> texts(read(row, TextDeltas.class));
            case "call_delta" -> pieces(read(row, CallDeltas.class));
            default -> List.of(event(row, spec.get()));
        };
    }

    private static RunEvent event(StoredRow row, RunSpec spec) {
        return switch (row.type()) {
            case "run" -> {
                RunPayload stored = read(row, RunPayload.class);
                yield new RunChanged(
                        stored.status(), stored.creation(), new Run(spec, stored.state()));
            }
            case "step" -> {
                StepPayload stored = read(row, StepPayload.class);
                yield new StepChanged(stored.creation(), stored.step());
            }
            case "message" -> {
                MessagePayload stored = read(row, MessagePayload.class);
                yield new MessageChanged(stored.creation(), stored.message());
            }
            case "calls_planned" -> {
                CallsPayload stored = read(row, CallsPayload.class);
                yield new CallsPlanned(new Run(spec, stored.state()), stored.step());
            }
            case "calls_finished" -> {
                CallsPayload stored = read(row, CallsPayload.class);
                yield new CallsFinished(new Run(spec, stored.state()), stored.step());
            }
            case "reset" -> new Reset(spec.id(), read(row, ResetPayload.class).epoch());
            case "metadata" -> metadata(read(row, MetadataPayload.class), spec);
            default -> throw new IllegalStateException("Unknown kind of event: " + row.type());
        };
    }

    private static Metadata metadata(MetadataPayload stored, RunSpec spec) {
        return new Metadata(
                spec.id(),
                spec.threadId(),
                stored.correlationId(),
                stored.elapsed(),
                stored.eventCount(),
                stored.timestamp());
    }

    private static List<RunEvent> texts(TextDeltas stored) {
        return stored.texts().stream()
                .<RunEvent>map(text -> new MessageDelta(stored.messageId(), text))
                .toList();
    }

    private static List<RunEvent> pieces(CallDeltas stored) {
        List<RunEvent> pieces = new ArrayList<>(stored.arguments().size());
        for (String arguments : stored.arguments()) {
            boolean isFirst = pieces.isEmpty();
            pieces.add(
                    new StepDelta(
                            stored.stepId(),
                            stored.index(),
                            isFirst ? stored.callId() : null,
                            isFirst ? stored.name() : null,
                            arguments));
        }
        return pieces;
    }

    private static <T> T read(StoredRow row, Class<T> type) {
        return StoredJson.read(row.payload(), type);
    }

    private static IllegalArgumentException neverStored() {
        return new IllegalArgumentException("CallProgress is live only and never stored");
    }

    private static IllegalArgumentException mixed(RunEvent event) {
        return new IllegalArgumentException(
                "One row holds deltas of one message or call, but found "
                        + event.getClass().getSimpleName());
    }
}
