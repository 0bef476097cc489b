package org.assistantservice.protocol.jellychat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.protocol.jellychat.JellyTurns.Asker;
import org.assistantservice.protocol.jellychat.engineio.EngineLimits;
import org.assistantservice.protocol.jellychat.engineio.EnginePacket;
import org.assistantservice.protocol.jellychat.engineio.EngineSession;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Goodbye;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Outlet;
import org.assistantservice.protocol.jellychat.engineio.EngineSessions;
import org.assistantservice.protocol.jellychat.socketio.SocketIoSession;
import org.assistantservice.protocol.jellychat.socketio.SocketIoSession.Rules;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;
import org.assistantservice.run.RunReader.End;
import org.assistantservice.run.RunStreams.Subscription;
import org.assistantservice.server.SocketLimits;
import org.assistantservice.server.Timers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JellyClientTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final EngineLimits ENGINE =
            new EngineLimits(LONG, LONG, LONG, LONG, 100, 100_000, 50);
    private static final SocketLimits SOCKETS =
            new SocketLimits(LONG, LONG, LONG, LONG, 8, 100, 20, 50);
    private static final CorrelationId OPENER = CorrelationId.random();

    private final Timers timers = new Timers();
    private final FakeTurns turns = new FakeTurns();
    private final SentPackets sent = new SentPackets();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private JellyClient client;
    private SocketIoSession session;
    private EngineSession engine;

    @BeforeEach
    void connect() throws Exception {
        client =
                new JellyClient(
                        turns,
                        JellySettings.DEFAULT,
                        new Asker(Principal.ANONYMOUS, OPENER),
                        () -> told.add("closed"));
        AtomicReference<SocketIoSession> made = new AtomicReference<>();
        engine =
                new EngineSessions(ENGINE, timers)
                        .open(
                                Principal.ANONYMOUS,
                                sent,
                                on -> {
                                    made.set(
                                            new SocketIoSession(
                                                    on,
                                                    "sid",
                                                    client,
                                                    new Rules(timers::after, LONG, SOCKETS)));
                                    return made.get();
                                });
        session = made.get();
        sent.next();
        receive("0");
        assertThat(sent.next()).isEqualTo("40{\"sid\":\"sid\"}");
    }

    @AfterEach
    void stop() {
        timers.close();
    }

    @Test
    void aTurnBeginsWhenTheOneBeforeIsOver() throws Exception {
        ask("one");
        ask("two");

        Begun one = turns.next();
        one.says("One.");
        one.ends(End.RUN_OVER);
        Begun two = turns.next();
        two.says("Two.");

        assertThat(one.question()).isEqualTo(new Question("ann", "one", ""));
        assertThat(one.asker()).isEqualTo(new Asker(Principal.ANONYMOUS, OPENER));
        assertThat(two.question()).isEqualTo(new Question("ann", "two", ""));
        assertThat(two.asker().correlationId()).isNotEqualTo(OPENER);
        assertThat(two.turnsBefore()).isZero();
        assertThat(sent.next()).isEqualTo(finalMessage("One."));
        assertThat(sent.next()).isEqualTo(finalMessage("Two."));
        assertThat(one.isCut()).isTrue();
    }

    @Test
    void turnsOfSeveralUsersOnOneSocketAreNotMixedEither() throws Exception {
        receive("2[\"user_message\",\"ann\",\"one\"]");
        receive("2[\"user_message\",\"ben\",\"two\"]");

        turns.next().ends(End.RUN_OVER);
        Begun two = turns.next();

        assertThat(two.question()).isEqualTo(new Question("ben", "two", ""));
        assertThat(two.turnsBefore()).isZero();
    }

    @Test
    void whatIsRefusedIsSaidInItsPlace() throws Exception {
        ask("one");
        Begun one = turns.next();
        receive("2[\"user_message\",\"ann\"]");
        for (int i = 2; i <= 6; i++) {
            ask("no " + i);
        }
        assertThat(sent.isEmpty()).isTrue();

        one.says("One.");
        one.ends(End.RUN_OVER);

        assertThat(sent.next()).isEqualTo(finalMessage("One."));
        assertThat(sent.next()).isEqualTo(error("'message' is required"));
        for (int i = 2; i <= 5; i++) {
            Begun begun = turns.next();
            assertThat(sent.isEmpty()).isTrue();
            begun.says(i + ".");
            begun.ends(End.RUN_OVER);
            assertThat(sent.next()).isEqualTo(finalMessage(i + "."));
        }
        assertThat(sent.next()).isEqualTo(error("Too many messages are waiting"));
        assertThat(turns.isAsked()).isFalse();
    }

    @Test
    void aTurnThatMayNotBeginIsRefusedAndTheNextOneBegins() throws Exception {
        turns.refusal = new RunException(RunErrorCode.THREAD_BUSY, "Thread is busy");
        ask("one");
        assertThat(sent.next()).isEqualTo(error("Thread is busy"));
        turns.refusal = null;

        ask("two");

        assertThat(turns.next().question().message()).isEqualTo("two");
    }

    @Test
    void whoIsRefusedTooOftenWhileATurnIsUnderWayIsClosed() throws Exception {
        ask("one");
        turns.next();

        for (int i = 0; i < 21; i++) {
            receive("2[\"user_message\"]");
        }

        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("closed");
        assertThat(sent.next()).isEqualTo("TOO_MANY_ERRORS");
    }

    /// A new message cancels the turn under way if nobody follows it: what has waited must not.
    @Test
    void whatWaitsWhenTheClientLeavesIsBegunBeforeTheTurnUnderWayIsLeft() throws Exception {
        ask("one");
        ask("two");
        ask("three");
        Begun one = turns.next();

        engine.detach(sent);

        Begun two = turns.next();
        Begun three = turns.next();
        assertThat(List.of(two.question().message(), three.question().message()))
                .containsExactly("two", "three");
        assertThat(List.of(two.tiesBefore(), three.tiesBefore())).containsExactly(1, 2);
        turns.awaitNoTies();
        assertThat(one.isCut() && two.isCut() && three.isCut()).isTrue();
        assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void aDrainClosesAnIdleClientAtOnce() throws Exception {
        client.drain(session);

        assertThat(sent.next()).isEqualTo("NORMAL");
    }

    @Test
    void aDrainEndsEveryTurnBeforeItCloses() throws Exception {
        ask("one");
        ask("two");
        Begun one = turns.next();

        client.drain(session);
        turns.refusal = new RunException(RunErrorCode.SHUTTING_DOWN, "Service is shutting down");
        assertThat(sent.isEmpty()).isTrue();
        one.says("One.");
        one.ends(End.RUN_OVER);

        assertThat(sent.next()).isEqualTo(finalMessage("One."));
        assertThat(sent.next()).isEqualTo(error("Service is shutting down"));
        assertThat(sent.next()).isEqualTo("NORMAL");
    }

    @Test
    void aTurnThatTheServiceLeavesIsTheLastOne() throws Exception {
        ask("one");
        ask("two");
        Begun one = turns.next();

        turns.refusal = new RunException(RunErrorCode.SHUTTING_DOWN, "Service is shutting down");
        one.says("Sorry.");
        one.ends(End.SERVICE_STOPPING);

        assertThat(sent.next()).isEqualTo(finalMessage("Sorry."));
        assertThat(sent.next()).isEqualTo(error("Service is shutting down"));
        assertThat(sent.next()).isEqualTo("NORMAL");
    }

    private void ask(String message) {
        receive("2[\"user_message\",\"ann\",\"%s\"]".formatted(message));
    }

    private void receive(String packet) {
        engine.receive(sent, EnginePacket.message(packet));
    }

    private static String finalMessage(String text) {
        return "42[\"final_message\",{\"message\":\"%s\"}]".formatted(text);
    }

    private static String error(String text) {
        return "42[\"error\",{\"error\":\"%s\"}]".formatted(text);
    }

    /// A turn that was begun.
    ///
    /// @param turnsBefore turns that were not over then
    /// @param tiesBefore turns that were followed then
    private record Begun(
            Question question,
            Asker asker,
            TurnFollower.Sink sink,
            Tie tie,
            int turnsBefore,
            int tiesBefore) {
        void says(String answer) {
            sink.frame(JellyFrame.finalMessage(answer));
        }

        void ends(End end) {
            tie.isOver = true;
            sink.ended(end);
        }

        boolean isCut() throws InterruptedException {
            return tie.cut.await(30, TimeUnit.SECONDS);
        }
    }

    private static final class Tie implements Subscription {
        final CountDownLatch cut = new CountDownLatch(1);
        volatile boolean isOver;

        @Override
        public void close() {
            cut.countDown();
        }
    }

    /// Turns that end when they are told to.
    private static final class FakeTurns implements JellyClient.Turns {
        volatile @Nullable RunException refusal;
        private final BlockingQueue<Begun> begun = new LinkedBlockingQueue<>();
        private final List<Tie> ties = new CopyOnWriteArrayList<>();

        @Override
        public Subscription begin(Question question, Asker asker, TurnFollower.Sink sink) {
            RunException why = refusal;
            if (why != null) {
                throw why;
            }
            int under = (int) ties.stream().filter(it -> !it.isOver).count();
            int tied = (int) ties.stream().filter(it -> it.cut.getCount() > 0).count();
            Tie tie = new Tie();
            ties.add(tie);
            begun.add(new Begun(question, asker, sink, tie, under, tied));
            return tie;
        }

        Begun next() throws InterruptedException {
            Begun next = begun.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("a turn that begins").isNotNull();
            return next;
        }

        boolean isAsked() {
            return !begun.isEmpty();
        }

        void awaitNoTies() throws InterruptedException {
            for (Tie tie : ties) {
                assertThat(tie.cut.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /// What the client was sent, and last why it was closed.
    private static final class SentPackets implements Outlet {
        private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();

        @Override
        public boolean send(List<EnginePacket> sent) {
            sendAnyway(sent);
            return true;
        }

        @Override
        public void sendAnyway(List<EnginePacket> sent) {
            sent.forEach(packet -> packets.add(packet.text()));
        }

        @Override
        public void close(Goodbye why) {
            packets.add(why.name());
        }

        String next() throws InterruptedException {
            String next = packets.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("a packet").isNotNull();
            return next;
        }

        boolean isEmpty() {
            return packets.isEmpty();
        }
    }
}
