package org.assistantservice.run;

import java.util.List;
import java.util.function.Function;
import org.assistantservice.identity.RunId;
import org.jspecify.annotations.Nullable;

/// Events delivered together, e.g. all that one read of the model's connection brought. Shared by
/// all readers of the run; its encoded form is made once for all readers that use the same encoder.
/// Thread-safe.
public final class EventBatch {
    private final RunId runId;
    private final List<SequencedEvent> events;
    private volatile @Nullable Encoded encoded;

    public EventBatch(RunId runId, List<SequencedEvent> events) {
        this.runId = runId;
        this.events = List.copyOf(events);
    }

    public RunId runId() {
        return runId;
    }

    /// At least one event, in order.
    public List<SequencedEvent> events() {
        return events;
    }

    public SequencedEvent last() {
        return events.getLast();
    }

    /// This batch as bytes.
    ///
    /// @param encoder a constant: readers that pass the same instance share the result
    @SuppressWarnings("ReferenceEquality") // the instance is the key
    public byte[] encoded(Function<EventBatch, byte[]> encoder) {
        Encoded made = encoded;
        if (made == null || made.encoder != encoder) {
            made = new Encoded(encoder, encoder.apply(this));
            encoded = made;
        }
        return made.bytes;
    }

    private static final class Encoded {
        final Function<EventBatch, byte[]> encoder;
        final byte[] bytes;

        Encoded(Function<EventBatch, byte[]> encoder, byte[] bytes) {
            this.encoder = encoder;
            this.bytes = bytes;
        }
    }
}
