package org.assistantservice.run;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.assistantservice.dispatch.CatalogLease;
import org.assistantservice.model.ModelException;
import org.assistantservice.thread.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Takes one claimed run from its beginning to its last event, or to its next owner: whatever
/// happens in the loop, the run's readers hear of it.
final class RunDriver {
    private static final Logger LOG = LoggerFactory.getLogger(RunDriver.class);

    private final RunWorkers.Parts parts;
    private final RunLoop loop;
    private final RunFinisher finisher;
    private final ScheduledExecutorService timer;

    RunDriver(
            RunWorkers.Parts parts,
            RunLoop loop,
            RunFinisher finisher,
            ScheduledExecutorService timer) {
        this.parts = parts;
        this.loop = loop;
        this.finisher = finisher;
        this.timer = timer;
    }

    /// Drives the run on the calling thread; on return it is over or given up.
    void drive(ActiveRun run) {
        RunSpec spec = run.spec();
        MDC.put("correlation_id", spec.correlationId().value());
        MDC.put("run_id", spec.id().value());
        MDC.put("thread_id", spec.threadId().value());
        Future<?> deadline =
                timer.schedule(
                        () -> run.stop(StopReason.EXPIRED),
                        Math.max(0, spec.deadline().toEpochMilli() - parts.clock().millis()),
                        TimeUnit.MILLISECONDS);
        try {
            end(run);
        } catch (FencedException e) {
            LOG.warn("{} was taken over by another owner", spec.id());
            interrupt(run);
        } catch (RuntimeException e) {
            LOG.error("{} waits: its end could not be stored", spec.id(), e);
            interrupt(run);
        } catch (InterruptedException e) {
            interrupt(run);
            Thread.currentThread().interrupt();
        } finally {
            deadline.cancel(false);
            run.cancelToken().cancel();
            MDC.clear();
        }
    }

    private void interrupt(ActiveRun run) {
        parts.streams().close(run.feed(), RunReader.End.INTERRUPTED);
    }

    /// Every way a run's loop can end leads to the run's last event, or to its next owner.
    private void end(ActiveRun run) throws InterruptedException {
        try (CatalogLease lease = parts.actions().lease(run.claim().packDigests())) {
            if (run.claim().attempt() > parts.limits().maxAttempts()) {
                finisher.finish(run, RunEnding.failed(recoveryExhausted()));
            } else {
                loop.run(run, lease.catalog());
            }
        } catch (StoppedException e) {
            stopped(run, e.reason());
        } catch (ModelException e) {
            LOG.warn("OpenAI create run failed: {}", e.getMessage());
            finisher.finish(
                    run, RunEnding.failed(ModelFailures.error(e, run.spec().correlationId())));
        } catch (FencedException | StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{} failed", run.spec().id(), e);
            finisher.finish(run, RunEnding.failed(internal()));
        }
    }

    private void stopped(ActiveRun run, StopReason reason) {
        switch (reason) {
            case CANCELLED -> finisher.finish(run, RunEnding.CANCELLED);
            case EXPIRED -> finisher.finish(run, RunEnding.EXPIRED);
            case LOST -> interrupt(run);
            case SERVICE_STOPPING -> {
                run.settle();
                parts.journal().release(run.lease());
                parts.streams().close(run.feed(), RunReader.End.SERVICE_STOPPING);
            }
        }
    }

    private static RunError recoveryExhausted() {
        return new RunError(
                RunError.Code.SERVER_ERROR,
                "The run was taken up too often",
                "recovery_exhausted",
                null);
    }

    private static RunError internal() {
        return new RunError(RunError.Code.SERVER_ERROR, "Internal error", "internal", null);
    }
}
