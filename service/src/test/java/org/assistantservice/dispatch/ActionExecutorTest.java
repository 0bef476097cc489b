package org.assistantservice.dispatch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.assistantservice.actions.ActionException;
import org.assistantservice.dispatch.ActionFiles.MadeFile;
import org.assistantservice.dispatch.ActionOutcome.Failed;
import org.assistantservice.dispatch.ActionOutcome.Reason;
import org.assistantservice.dispatch.ActionOutcome.Succeeded;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ActionExecutorTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CorrelationId CORRELATION =
            new CorrelationId("11111111-2222-4333-8444-555555555555");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final ActionExecutor executor =
            new ActionExecutor(InstantSource.fixed(NOW), new ActionLimits(64, 64, 8));
    private final ActionPool pool = new ActionPool("weather", 2, 1);
    private final CancelToken cancel = new CancelToken();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void closePool() {
        released.countDown();
        pool.close();
    }

    @Test
    void aCallThatSucceedsGivesItsText() throws Exception {
        assertThat(execute(LONG, context -> "sunny")).isEqualTo(new Succeeded("sunny"));
    }

    @Test
    void aNameThatMeansNothingIsNotAvailable() {
        FakeInvoker invoker = new FakeInvoker(pool, LONG, context -> "");
        Failed refused =
                new Failed(
                        Reason.NOT_AVAILABLE,
                        "Error: Function 'nope' not available (correlation_id: 11111111)");

        assertThat(executor.check(invoker.catalog(), null, call("nope", "{}"), CORRELATION))
                .isEqualTo(new ActionExecutor.Refused(refused));
        assertThat(
                        executor.check(
                                ActionCatalog.empty(),
                                FakeInvoker.REF,
                                call("nope", "{}"),
                                CORRELATION))
                .isEqualTo(new ActionExecutor.Refused(refused));
    }

    @Test
    void badArgumentsAreRefusedInTheContractsWords() {
        assertThat(refusal("{"))
                .isEqualTo(
                        new Failed(
                                Reason.INVALID_JSON,
                                "Error: Invalid JSON arguments: unexpected end"));
        assertThat(refusal("{}"))
                .isEqualTo(
                        new Failed(
                                Reason.INVALID_ARGUMENTS,
                                "Error: Invalid arguments for function 'get_weather': Missing"
                                        + " required arguments: location, unit (correlation_id:"
                                        + " 11111111)"));
        assertThat(refusal("[]"))
                .isEqualTo(
                        new Failed(
                                Reason.INVALID_ARGUMENTS,
                                "Error: Invalid arguments for function 'get_weather': must be an"
                                        + " object (correlation_id: 11111111)"));
    }

    @Test
    void argumentsOverTheLimitAreRefusedByTheirBytes() {
        assertThat(check("é".repeat(32))).isInstanceOf(ActionExecutor.Ready.class);
        assertThat(refusal("é".repeat(33)))
                .isEqualTo(
                        new Failed(
                                Reason.INVALID_ARGUMENTS,
                                "Error: Invalid arguments for function 'get_weather': the"
                                        + " arguments are larger than 64 bytes (correlation_id:"
                                        + " 11111111)"));
    }

    @Test
    void aFailureKeepsTheActionsWords() throws Exception {
        ActionOutcome outcome =
                execute(
                        LONG,
                        context -> {
                            throw ActionFailedException.from(
                                    new ActionException("limit must be 1 to 20 but was 50"));
                        });

        assertThat(outcome)
                .isEqualTo(
                        new Failed(
                                Reason.EXECUTION_FAILED,
                                "Error: Function 'get_weather' execution failed: limit must be 1"
                                        + " to 20 but was 50 (correlation_id: 11111111)"));
    }

    @Test
    void whatEscapesTheInvokerIsToldByItsClassAlone() throws Exception {
        List<Throwable> thrown =
                List.of(
                        new IllegalStateException("secret"),
                        new NoClassDefFoundError("x/Y"),
                        new StackOverflowError(),
                        new AssertionError("secret"),
                        new IOException("secret"));
        for (Throwable each : thrown) {
            assertThat(execute(LONG, context -> sneaky(each)))
                    .isEqualTo(
                            new Failed(
                                    Reason.EXECUTION_FAILED,
                                    "Error: Function 'get_weather' execution failed: %s"
                                                    .formatted(each.getClass().getSimpleName())
                                            + " (correlation_id: 11111111)"));
        }
    }

    @Test
    void aResultOverTheLimitIsAFailure() throws Exception {
        assertThat(execute(LONG, context -> "x".repeat(64))).isInstanceOf(Succeeded.class);
        assertThat(execute(LONG, context -> "x".repeat(65)))
                .isEqualTo(
                        new Failed(
                                Reason.EXECUTION_FAILED,
                                "Error: Function 'get_weather' execution failed: the result is"
                                        + " larger than 64 bytes (correlation_id: 11111111)"));
    }

    @Test
    void aResultIsMadeStorable() throws Exception {
        assertThat(execute(LONG, context -> "a\0b\uD83Cc🌊"))
                .isEqualTo(new Succeeded("a\uFFFDb\uFFFDc🌊"));
    }

    @Test
    void aCallThatStopsWhenItsTimeIsUpTimesOut() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Boolean> told = new AtomicReference<>(false);

        ActionOutcome outcome =
                execute(
                        SHORT,
                        context -> {
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                told.set(context.cancel().isCancelled());
                                interrupted.countDown();
                                throw e;
                            }
                            return "";
                        });

        assertThat(outcome).isEqualTo(timedOut("0.05"));
        interrupted.await();
        assertThat(told).hasValue(true);
        assertThat(pool.isQuarantined()).isFalse();
    }

    @Test
    void aCallThatIgnoresItsDeadlineQuarantinesThePackUntilItEnds() throws Exception {
        assertThat(execute(SHORT, context -> ignoringInterrupts())).isEqualTo(timedOut("0.05"));

        Failed quarantined =
                new Failed(
                        Reason.QUARANTINED,
                        "Error: Function 'get_weather' execution failed: pack 'weather' is"
                                + " quarantined: 1 of its calls did not stop when their time was"
                                + " up (correlation_id: 11111111)");
        assertThat(pool.isQuarantined()).isTrue();
        assertThat(execute(LONG, context -> "sunny")).isEqualTo(quarantined);
        assertThat(refusal("{\"location\":\"Paris\"}")).isEqualTo(quarantined);

        released.countDown();
        await().untilAsserted(() -> assertThat(pool.isQuarantined()).isFalse());
        assertThat(execute(LONG, context -> "sunny")).isEqualTo(new Succeeded("sunny"));
    }

    @Test
    void callsThatHeedTheirInterruptNeverQuarantineThePack() throws Exception {
        for (int i = 0; i < 20; i++) {
            ActionOutcome outcome =
                    execute(
                            Duration.ofMillis(1),
                            context -> {
                                new CountDownLatch(1).await();
                                return "";
                            });

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed ->
                                    assertThat(failed.reason())
                                            .isIn(Reason.TIMED_OUT, Reason.OVERLOADED));
            assertThat(pool.isQuarantined()).isFalse();
        }
    }

    @Test
    void theRunsDeadlineEndsACallBeforeItsOwn() throws Exception {
        FakeInvoker invoker = new FakeInvoker(pool, LONG, context -> ignoringInterrupts());

        assertThat(executor.execute(invoker.ready(), context(NOW.plus(SHORT))))
                .isEqualTo(timedOut("0.05"));
    }

    @Test
    void theActionSeesTheEarlierDeadline() throws Exception {
        assertThat(execute(LONG, context -> context.deadline().toString()))
                .isEqualTo(new Succeeded("2026-03-01T12:00:30Z"));
        FakeInvoker invoker = new FakeInvoker(pool, LONG, context -> context.deadline().toString());
        assertThat(executor.execute(invoker.ready(), context(NOW.plusSeconds(2))))
                .isEqualTo(new Succeeded("2026-03-01T12:00:02Z"));
    }

    @Test
    void aRunWhoseTimeIsUpCallsNothing() throws Exception {
        assertThat(executor.execute(ok().ready(), context(NOW))).isEqualTo(timedOut("0"));
        assertThat(executor.execute(ok().ready(), context(NOW.minusSeconds(1))))
                .isEqualTo(timedOut("0"));
    }

    @Test
    void cancellingTheRunInterruptsTheCall() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        FutureTask<ActionOutcome> waiting =
                inBackground(context -> {
                    running.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return "";
                });
        running.await();

        cancel.cancel();

        interrupted.await();
        assertThat(waiting.get()).isEqualTo(cancelled());
    }

    @Test
    void aCancelledRunStartsNoCall() throws Exception {
        cancel.cancel();

        assertThat(execute(LONG, context -> "sunny")).isEqualTo(cancelled());
    }

    @Test
    void theWaitForAThreadEndsWithTheCallsTime() throws Exception {
        ActionPool single = new ActionPool("weather", 1, 1);
        CountDownLatch running = new CountDownLatch(1);
        FakeInvoker first =
                new FakeInvoker(
                        single,
                        LONG,
                        context -> {
                            running.countDown();
                            return ignoringInterrupts();
                        });
        Thread.ofVirtual().start(task(first));
        running.await();

        FakeInvoker second = new FakeInvoker(single, SHORT, context -> "sunny");

        assertThat(executor.execute(second.ready(), context(NOW.plus(LONG))))
                .isEqualTo(
                        new Failed(
                                Reason.OVERLOADED,
                                "Error: Function 'get_weather' execution failed: all 1 threads of"
                                        + " pack 'weather' are busy (correlation_id: 11111111)"));
        single.close();
    }

    @Test
    void aClosedPoolGivesUpTheCallsUnderWayAndTakesNoMore() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        FutureTask<ActionOutcome> waiting =
                inBackground(context -> {
                    running.countDown();
                    new CountDownLatch(1).await();
                    return "";
                });
        running.await();

        pool.close();

        assertThat(waiting.get()).isEqualTo(cancelled());
        assertThat(execute(LONG, context -> "sunny"))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.OVERLOADED));
    }

    @Test
    void anInterruptOfTheWaitingThreadGivesTheCallUp() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiting = Thread.currentThread();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() ->
                        execute(
                                LONG,
                                context -> {
                                    waiting.interrupt();
                                    try {
                                        new CountDownLatch(1).await();
                                    } catch (InterruptedException e) {
                                        interrupted.countDown();
                                        throw e;
                                    }
                                    return "";
                                }));

        interrupted.await();
    }

    @Test
    void callsRunOnPlatformThreadsOfLowPriorityNamedAfterThePack() throws Exception {
        AtomicReference<Thread> seen = new AtomicReference<>();

        execute(
                LONG,
                context -> {
                    seen.set(Thread.currentThread());
                    return "";
                });

        Thread thread = requireNonNull(seen.get());
        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.getName()).isEqualTo("pack-weather-1");
        assertThat(thread.getPriority()).isLessThan(Thread.NORM_PRIORITY);
        assertThat(thread.isDaemon()).isTrue();
    }

    @Test
    void theIdsOfTheCallStandInItsLogLinesAndNotInTheNext() throws Exception {
        List<Map<String, String>> seen = new ArrayList<>();
        CallContext context = context(NOW.plus(LONG));
        FakeInvoker invoker =
                new FakeInvoker(
                        pool,
                        LONG,
                        inner -> {
                            seen.add(MDC.getCopyOfContextMap());
                            MDC.put("left_behind", "yes");
                            return "";
                        });

        executor.execute(invoker.ready(), context);
        executor.execute(invoker.ready(), context);

        assertThat(seen)
                .hasSize(2)
                .containsOnly(
                        Map.of(
                                "correlation_id", CORRELATION.value(),
                                "thread_id", context.threadId().value(),
                                "run_id", context.runId().value(),
                                "call_id", "call_1",
                                "function", "get_weather"));
    }

    private ActionOutcome execute(Duration timeout, FakeInvoker.Body body)
            throws InterruptedException {
        return executor.execute(
                new FakeInvoker(pool, timeout, body).ready(), context(NOW.plusSeconds(600)));
    }

    private FutureTask<ActionOutcome> inBackground(FakeInvoker.Body body) {
        FutureTask<ActionOutcome> task = task(new FakeInvoker(pool, LONG, body));
        Thread.ofVirtual().start(task);
        return task;
    }

    private FutureTask<ActionOutcome> task(FakeInvoker invoker) {
        return new FutureTask<>(
                () -> executor.execute(invoker.ready(), context(NOW.plusSeconds(600))));
    }

    private FakeInvoker ok() {
        return new FakeInvoker(pool, LONG, context -> "sunny");
    }

    private ActionExecutor.Check check(String arguments) {
        return executor.check(
                ok().catalog(), FakeInvoker.REF, call("get_weather", arguments), CORRELATION);
    }

    private Failed refusal(String arguments) {
        return ((ActionExecutor.Refused) check(arguments)).outcome();
    }

    private static Failed timedOut(String seconds) {
        return new Failed(
                Reason.TIMED_OUT,
                "Error: Function 'get_weather' execution failed: timed out after %s s"
                                .formatted(seconds)
                        + " (correlation_id: 11111111)");
    }

    private static Failed cancelled() {
        return new Failed(
                Reason.CANCELLED,
                "Error: Function 'get_weather' execution failed: cancelled (correlation_id:"
                        + " 11111111)");
    }

    @Test
    void filesGoWhereTheExecutorSays() throws Exception {
        List<String> kept = new ArrayList<>();
        ActionFiles files =
                (call, file) -> {
                    kept.add(call.callId() + " " + file);
                    return "file-1";
                };
        var keeping = new ActionExecutor(InstantSource.fixed(NOW), ActionLimits.STANDARD, files);
        var action =
                new FakeInvoker(
                        pool,
                        LONG,
                        context ->
                                context.files()
                                        .keep(
                                                context,
                                                new MadeFile(
                                                        0, "a.png", "image/png", new byte[3])));

        ActionOutcome outcome = keeping.execute(action.ready(), context(NOW.plus(LONG)));

        assertThat(outcome).isEqualTo(new Succeeded("file-1"));
        assertThat(kept).containsExactly("call_1 MadeFile[0, a.png, image/png, 3 bytes]");

        keeping.execute(action.ready(), context(NOW.plus(LONG)).leavingNoTrace());
        assertThat(kept).hasSize(1);
    }

    /// Ends when the test is over, whatever interrupts it.
    private String ignoringInterrupts() {
        boolean over = false;
        while (!over) {
            try {
                released.await();
                over = true;
            } catch (InterruptedException e) {
                assertThat(e).isNotNull();
            }
        }
        return "late";
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> String sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static ActionCall call(String name, String arguments) {
        return new ActionCall(new CallId("call_1"), name, arguments);
    }

    private CallContext context(Instant deadline) {
        return new CallContext(
                RunId.random(),
                ThreadId.random(),
                new CallId("call_1"),
                CORRELATION,
                Principal.ANONYMOUS,
                "run/1/0",
                deadline,
                new AssistantScope("asst_1", "v1", "{}"),
                cancel,
                progress -> {});
    }
}
