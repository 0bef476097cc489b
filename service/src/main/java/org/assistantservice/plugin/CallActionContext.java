package org.assistantservice.plugin;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.ActionException;
import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.ActionFiles.MadeFile;
import org.assistantservice.dispatch.CallContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an action sees of its call. Thread-safe; after [#end] it tells the user nothing more and
/// runs nothing more.
final class CallActionContext implements ActionContext {
    private static final Logger LOG = LoggerFactory.getLogger(CallActionContext.class);
    private static final int MAX_PROGRESS = 200;

    private final CallContext call;
    private final String functionName;
    private final PackBoundary boundary;
    private final Queue<Runnable> stops = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean hooked = new AtomicBoolean();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    CallActionContext(CallContext call, String functionName, PackBoundary boundary) {
        this.call = call;
        this.functionName = functionName;
        this.boundary = boundary;
    }

    void end() {
        ended.set(true);
    }

    @Override
    public String threadId() {
        return call.threadId().value();
    }

    @Override
    public String runId() {
        return call.runId().value();
    }

    @Override
    public String callId() {
        return call.callId().value();
    }

    @Override
    public String correlationId() {
        return call.correlationId().value();
    }

    @Override
    public String functionName() {
        return functionName;
    }

    @Override
    public String principal() {
        return call.principal().name();
    }

    @Override
    public String idempotencyKey() {
        return call.idempotencyKey();
    }

    @Override
    public Instant deadline() {
        return call.deadline();
    }

    @Override
    public boolean isCancelled() {
        return call.cancel().isCancelled();
    }

    @Override
    public void onCancel(Runnable stop) {
        requireNonNull(stop, "stop");
        if (isCancelled()) {
            stop(stop);
            return;
        }
        stops.add(stop);
        if (hooked.compareAndSet(false, true)) {
            call.cancel().onCancel(this::stopElsewhere);
        } else if (isCancelled() && stops.remove(stop)) {
            stop(stop);
        }
    }

    /// The author's code gets a thread of its own, so that it cannot hold the one that cancels.
    private void stopElsewhere() {
        Thread.ofPlatform()
                .name("cancel-" + functionName)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(this::stopAll);
    }

    private void stopAll() {
        Runnable stop = stops.poll();
        while (stop != null && !ended.get()) {
            stop(stop);
            stop = stops.poll();
        }
    }

    @Override
    public void progress(String text) {
        if (!ended.get() && !isCancelled()) {
            call.progress()
                    .accept(text.length() <= MAX_PROGRESS ? text : text.substring(0, MAX_PROGRESS));
        }
    }

    @Override
    public String keepFile(String name, String mediaType, byte[] content) {
        requireNonNull(name, "name");
        requireNonNull(mediaType, "mediaType");
        requireNonNull(content, "content");
        if (ended.get() || isCancelled()) {
            throw new ActionException("The call is over: nothing is kept for it any more");
        }
        try {
            return call.files()
                    .keep(call, new MadeFile(kept.getAndIncrement(), name, mediaType, content));
        } catch (ActionFailedException e) {
            throw new ActionException(String.valueOf(e.getMessage()));
        }
    }

    private void stop(Runnable stop) {
        try {
            boundary.call(() -> {
                stop.run();
                return "";
            });
        } catch (ActionFailedException e) {
            LOG.warn("What {} registered to stop its work failed", functionName, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
