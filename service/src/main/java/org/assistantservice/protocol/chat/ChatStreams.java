package org.assistantservice.protocol.chat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.assistantservice.identity.Principal;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunCursor;
import org.assistantservice.run.RunException;
import org.assistantservice.run.Runs;
import org.assistantservice.server.Caller;
import org.assistantservice.server.ClientAddresses;
import org.assistantservice.server.EventStreams;
import org.assistantservice.server.StreamContext;
import org.assistantservice.server.StreamOrder;
import org.assistantservice.server.StreamSlots;
import org.assistantservice.server.StreamSlots.Slot;
import org.assistantservice.thread.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens this protocol's event streams: one place per stream and client, a line in the log at both
/// ends. Thread-safe.
@Singleton
final class ChatStreams {
    private static final Logger LOG = LoggerFactory.getLogger("SSE_STREAM_HANDLER");

    private final EventStreams streams;
    private final StreamSlots slots;
    private final ClientAddresses addresses;
    private final SseFormat format;
    private final ChatSettings settings;
    private final Runs runs;

    ChatStreams(
            EventStreams streams,
            StreamSlots slots,
            ClientAddresses addresses,
            SseFormat format,
            ChatSettings settings,
            Runs runs) {
        this.streams = streams;
        this.slots = slots;
        this.addresses = addresses;
        this.format = format;
        this.settings = settings;
        this.runs = runs;
    }

    /// A place for one more stream of this client, or empty if it has as many as it may.
    Optional<Slot> place(HttpRequest<?> request) {
        return slots.take(addresses.of(request), settings.sseMaxConnectionsPerClient());
    }

    /// The run's events after `after`. The place is given back when the stream ends, or at once if
    /// it cannot begin.
    ///
    /// @param place where the stream counts, and what becomes of the run when it is open for too
    ///   long
    MutableHttpResponse<?> open(HttpRequest<?> request, Run run, RunCursor after, Place place) {
        StreamContext context =
                new StreamContext(
                        Caller.principal(request),
                        run.spec().correlationId(),
                        run.threadId(),
                        addresses.of(request),
                        settings.sseHeartbeatInterval(),
                        settings.sseMaxConnectionDuration());
        return streams.open(
                        new StreamOrder(after, format, context, new Lifecycle(run, context, place)))
                .header("X-Run-Id", run.id().value());
    }

    byte[] tooManyStreams() {
        return format.tooManyStreams(settings.sseMaxConnectionsPerClient());
    }

    /// A stream's place among those of its client.
    ///
    /// @param endsRun whether the run is cancelled when the stream has been open for too long
    record Place(Slot slot, boolean endsRun) {}

    private final class Lifecycle implements StreamOrder.Lifecycle {
        private final long begun = System.nanoTime();
        private final Run run;
        private final StreamContext context;
        private final Place place;

        Lifecycle(Run run, StreamContext context, Place place) {
            this.run = run;
            this.context = context;
            this.place = place;
            log("SSE connection established");
        }

        @Override
        public void closed() {
            place.slot().close();
            log("SSE connection closed");
        }

        @Override
        public void expired() {
            if (place.endsRun()) {
                Thread.startVirtualThread(this::cancel);
            }
        }

        private void cancel() {
            Principal principal = context.principal();
            try {
                runs.cancel(principal, run.id());
            } catch (RunException e) {
                LOG.debug("{} ended by itself", run.id(), e);
            } catch (StoreUnavailableException e) {
                LOG.error("{} was not cancelled and ends at its deadline", run.id(), e);
            }
        }

        private void log(String message) {
            LOG.atInfo()
                    .addKeyValue("client_ip", context.client())
                    .addKeyValue("thread_id", run.threadId())
                    .addKeyValue("run_id", run.id())
                    .addKeyValue("correlation_id", run.spec().correlationId())
                    .addKeyValue(
                            "duration_ms", Duration.ofNanos(System.nanoTime() - begun).toMillis())
                    .addKeyValue("active_connections", slots.open())
                    .log(message);
        }
    }
}
