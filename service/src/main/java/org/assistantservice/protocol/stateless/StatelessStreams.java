package org.assistantservice.protocol.stateless;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.assistantservice.run.AssistantTools;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.server.Caller;
import org.assistantservice.server.ClientAddresses;
import org.assistantservice.server.EventStreams;
import org.assistantservice.server.Problem;
import org.assistantservice.server.StreamContext;
import org.assistantservice.server.StreamOrder;
import org.assistantservice.server.StreamSlots;
import org.assistantservice.server.StreamSlots.Slot;

/// Opens this protocol's streams. A turn lives as long as its stream: nobody could come back for
/// the rest. Thread-safe.
@Singleton
final class StatelessStreams {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final EventStreams streams;
    private final StreamSlots slots;
    private final ClientAddresses addresses;
    private final AssistantTools tools;
    private final StatelessTurns turns;
    private final StatelessSettings settings;

    StatelessStreams(
            EventStreams streams,
            StreamSlots slots,
            ClientAddresses addresses,
            AssistantTools tools,
            StatelessTurns turns,
            StatelessSettings settings) {
        this.streams = streams;
        this.slots = slots;
        this.addresses = addresses;
        this.tools = tools;
        this.turns = turns;
        this.settings = settings;
    }

    /// A place for one more stream of this client.
    ///
    /// @throws org.assistantservice.server.ProblemException 429 if it has as many as it may
    Slot place(HttpRequest<?> request) {
        return slots.take(addresses.of(request), settings.maxConnectionsPerClient())
                .orElseThrow(() ->
                        new Problem(
                                        HttpStatus.TOO_MANY_REQUESTS,
                                        "too_many_streams",
                                        "Rate limit exceeded")
                                .retryAfter(RETRY)
                                .toException());
    }

    /// The turn's frames. The place is given back when the stream ends.
    HttpResponse<?> open(HttpRequest<?> request, StatelessMessage message, Run run, Slot slot) {
        StreamContext context =
                new StreamContext(
                        run.spec().principal(),
                        Caller.correlationId(request),
                        run.threadId(),
                        addresses.of(request),
                        settings.heartbeatInterval(),
                        settings.maxConnectionDuration());
        TurnFormat format =
                new TurnFormat(new TurnFrames(message, run.spec().correlationId(), tools::action));
        return streams.open(
                new StreamOrder(
                        RunCursor.start(run.id()), format, context, new Turn(run, format, slot)));
    }

    private final class Turn implements StreamOrder.Lifecycle {
        private final Run run;
        private final TurnFormat format;
        private final Slot slot;

        Turn(Run run, TurnFormat format, Slot slot) {
            this.run = run;
            this.format = format;
            this.slot = slot;
        }

        @Override
        public void closed() {
            slot.close();
            if (!format.isOver()) {
                Thread.startVirtualThread(() -> turns.cancel(run));
            }
        }

        @Override
        public void expired() {
            // Closed already, and that ended the turn.
        }
    }
}
