package org.assistantservice.protocol.jellychat.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Goodbye;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Listener;
import org.assistantservice.protocol.jellychat.engineio.EngineSession.Outlet;
import org.assistantservice.server.Timers.Timer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineSessionTest {
    private static final EngineLimits LIMITS =
            new EngineLimits(
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(45),
                    4,
                    100,
                    50);
    private static final EnginePacket PONG = new EnginePacket(EnginePacket.Type.PONG, "");
    private static final EnginePacket PROBE = new EnginePacket(EnginePacket.Type.PING, "probe");
    private static final EnginePacket UPGRADE = new EnginePacket(EnginePacket.Type.UPGRADE, "");

    private final SettableAlarms alarms = new SettableAlarms();
    private final HeardMessages heard = new HeardMessages();

    @Test
    void aPollGetsTheGreetingThenWhatIsSent() {
        EngineSession session = polling();

        assertThat(session.poll())
                .isCompletedWithValue(
                        """
                        0{"sid":"the-id","upgrades":["websocket"],"pingInterval":25000,\
                        "pingTimeout":20000,"maxPayload":1000000}\
                        """);
        CompletableFuture<String> waiting = session.poll();
        assertThat(waiting).isNotDone();
        session.send("a");
        session.send("b");
        assertThat(waiting).isCompletedWithValue("4a");
        assertThat(session.poll()).isCompletedWithValue("4b");
    }

    @Test
    void aWebSocketGetsEverythingAtOnce() {
        FakeOutlet socket = new FakeOutlet();
        EngineSession session = opened(socket);

        session.send("a");

        assertThat(socket.texts())
                .containsExactly(
                        """
                        0{"sid":"the-id","upgrades":[],"pingInterval":25000,"pingTimeout":20000,\
                        "maxPayload":1000000}\
                        """,
                        "4a");
    }

    @Test
    void aSecondPollAtATimeEndsTheSession() {
        EngineSession session = greeted();
        CompletableFuture<String> first = session.poll();

        CompletableFuture<String> second = session.poll();

        assertThat(first).isCompletedWithValue("1");
        assertThat(second).isCompletedExceptionally();
        assertThat(heard.isClosed).isTrue();
        assertThat(session.poll()).isCompletedExceptionally();
    }

    @Test
    void aPollThatItsClientLeftEndsTheSession() {
        EngineSession session = greeted();

        session.abandon(session.poll());

        assertThat(heard.isClosed).isTrue();
    }

    @Test
    void aSecondPostAtATimeEndsTheSession() throws Exception {
        EngineSession session = greeted();
        session.beginPost();

        assertThatThrownBy(session::beginPost).isInstanceOf(EngineException.class);

        assertThat(heard.isClosed).isTrue();
    }

    @Test
    void messagesOfAPostAreToldInOrder() throws Exception {
        EngineSession session = greeted();

        session.beginPost();
        session.endPost(List.of(EnginePacket.message("a"), PONG, EnginePacket.message("b")));
        session.beginPost();
        session.endPost(List.of(EnginePacket.CLOSE, EnginePacket.message("c")));

        assertThat(heard.messages).containsExactly("a", "b");
        assertThat(heard.isClosed).isTrue();
    }

    @Test
    void aPongKeepsTheSessionAndItsLackEndsIt() {
        FakeOutlet socket = new FakeOutlet();
        EngineSession session = opened(socket);

        assertThat(alarms.ring()).isEqualTo(LIMITS.pingInterval());
        session.receive(socket, PONG);
        assertThat(alarms.ring()).isEqualTo(LIMITS.pingInterval());
        assertThat(socket.texts().stream().filter("2"::equals)).hasSize(2);
        assertThat(heard.isClosed).isFalse();
        assertThat(alarms.ring()).isEqualTo(LIMITS.pingTimeout());
        assertThat(heard.isClosed).isTrue();
        assertThat(socket.isClosed).isTrue();
    }

    @Test
    void anUpgradeMovesTheSessionWithWhatWaits() {
        EngineSession session = greeted();
        FakeOutlet socket = new FakeOutlet();
        CompletableFuture<String> waiting = session.poll();

        assertThat(session.attach(socket)).isTrue();
        session.receive(socket, PROBE);
        assertThat(waiting).isCompletedWithValue("6");
        assertThat(session.poll()).isCompletedWithValue("6");
        session.send("early");
        session.receive(socket, UPGRADE);
        session.send("late");

        assertThat(socket.texts()).containsExactly("3probe", "4early", "4late");
        assertThat(session.poll()).isCompletedExceptionally();
        assertThat(heard.isClosed).isFalse();
    }

    @Test
    void anUpgradeThatIsNotFinishedLeavesPollingAsItWas() {
        EngineSession session = greeted();
        FakeOutlet socket = new FakeOutlet();
        session.attach(socket);
        session.receive(socket, PROBE);

        assertThat(alarms.ring()).isEqualTo(LIMITS.upgradeTimeout());

        assertThat(socket.isClosed).isTrue();
        CompletableFuture<String> waiting = session.poll();
        assertThat(waiting).isNotDone();
        session.send("a");
        assertThat(waiting).isCompletedWithValue("4a");
    }

    @Test
    void onlyOneWebSocketAtATimeMayTakeOver() {
        EngineSession session = greeted();
        FakeOutlet first = new FakeOutlet();
        FakeOutlet second = new FakeOutlet();

        assertThat(session.attach(first)).isTrue();
        assertThat(session.attach(second)).isFalse();
        session.receive(second, EnginePacket.message("from elsewhere"));

        assertThat(heard.messages).isEmpty();
    }

    @Test
    void anUpgradeWithoutProbeIsDropped() {
        EngineSession session = greeted();
        FakeOutlet socket = new FakeOutlet();
        session.attach(socket);

        session.receive(socket, UPGRADE);

        assertThat(socket.isClosed).isTrue();
        assertThat(heard.isClosed).isFalse();
        assertThat(session.attach(new FakeOutlet())).isTrue();
    }

    @Test
    void whatWaitsIsBounded() {
        EngineSession session = greeted();

        for (int i = 0; i < 4; i++) {
            session.send("a");
        }
        assertThat(heard.isClosed).isFalse();
        session.send("one too many");

        assertThat(heard.isClosed).isTrue();
    }

    @Test
    void whatEndsAnAnswerPassesHoweverMuchWaits() {
        EngineSession session = greeted();
        session.send("a");

        session.sendLast("x".repeat(200));
        session.send("b");

        assertThat(session.poll()).isCompletedWithValue("4a\u001e4" + "x".repeat(200) + "\u001e4b");
        assertThat(heard.isClosed).isFalse();
    }

    @Test
    void whatEndsAnAnswerPassesHoweverSlowTheClientIs() {
        FakeOutlet socket = new FakeOutlet();
        EngineSession session = opened(socket);
        socket.isSlow = true;

        session.sendLast("a");

        assertThat(socket.texts()).endsWith("4a");
        assertThat(heard.isClosed).isFalse();
    }

    @Test
    void aClientThatIsTooSlowLosesItsSession() {
        FakeOutlet socket = new FakeOutlet();
        EngineSession session = opened(socket);
        socket.isSlow = true;

        session.send("a");

        assertThat(heard.isClosed).isTrue();
    }

    @Test
    void oneMorePollGetsWhatWaitedWhenWeClosed() {
        EngineSession session = greeted();
        session.send("last");

        session.close();
        session.send("too late");

        assertThat(heard.isClosed).isFalse();
        assertThat(session.poll()).isCompletedWithValue("4last\u001e1");
        assertThat(heard.closings).isEqualTo(1);
        assertThat(session.poll()).isCompletedExceptionally();
        assertThat(alarms.isSilent()).isTrue();
    }

    @Test
    void aClientBetweenTwoPollsIsToldThatWeClosed() {
        EngineSession session = greeted();

        session.close();

        assertThat(session.poll()).isCompletedWithValue("1");
        assertThat(heard.closings).isEqualTo(1);
    }

    @Test
    void aClientThatDoesNotAskForWhatWaitedIsNotWaitedForLong() {
        EngineSession session = greeted();
        session.send("last");

        session.close();
        session.close();

        assertThat(alarms.ring()).isEqualTo(LIMITS.pingTimeout());
        assertThat(heard.closings).isEqualTo(1);
        assertThat(session.poll()).isCompletedExceptionally();
    }

    @Test
    void aClientThatWeLeaveIsHeardNoMoreExceptWhenItLeaves() throws Exception {
        EngineSession session = greeted();
        session.send("last");
        session.close();

        session.beginPost();
        session.endPost(List.of(EnginePacket.message("late"), PONG));
        assertThat(heard.isClosed).isFalse();
        session.beginPost();
        session.endPost(List.of(EnginePacket.CLOSE));

        assertThat(heard.messages).isEmpty();
        assertThat(heard.isClosed).isTrue();
        assertThat(alarms.isSilent()).isTrue();
    }

    @Test
    void whatWaitedWhenWeClosedGoesWithAnUpgradeToo() {
        EngineSession session = greeted();
        FakeOutlet socket = new FakeOutlet();
        session.attach(socket);
        session.receive(socket, PROBE);
        session.send("last");

        session.close();
        session.receive(socket, UPGRADE);

        assertThat(socket.texts()).containsExactly("3probe", "4last");
        assertThat(socket.goodbye).isEqualTo(Goodbye.NORMAL);
        assertThat(heard.isClosed).isTrue();
    }

    @Test
    void whoIsDroppedGetsNothingMore() {
        EngineSession session = greeted();
        session.send("last");

        session.drop(Goodbye.TOO_MANY_ERRORS);

        assertThat(heard.isClosed).isTrue();
        assertThat(session.poll()).isCompletedExceptionally();
    }

    @Test
    void aWebSocketIsToldWhyItIsDropped() {
        FakeOutlet socket = new FakeOutlet();
        EngineSession session = opened(socket);

        session.drop(Goodbye.TOO_MANY_ERRORS);

        assertThat(socket.goodbye).isEqualTo(Goodbye.TOO_MANY_ERRORS);
    }

    @Test
    void aWebSocketThatClosesEndsItsSessionOnce() {
        FakeOutlet socket = new FakeOutlet();
        EngineSession session = opened(socket);

        session.detach(socket);
        session.close();
        session.receive(socket, EnginePacket.message("late"));

        assertThat(heard.closings).isEqualTo(1);
        assertThat(heard.messages).isEmpty();
        assertThat(alarms.isSilent()).isTrue();
    }

    private EngineSession polling() {
        return opened(null);
    }

    private EngineSession greeted() {
        EngineSession session = polling();
        assertThat(session.poll()).isCompleted();
        return session;
    }

    private EngineSession opened(@Nullable Outlet socket) {
        EngineSession session = new EngineSession("the-id", LIMITS, alarms, socket, _ -> heard);
        session.open();
        return session;
    }

    private static final class HeardMessages implements Listener {
        final List<String> messages = new ArrayList<>();
        boolean isClosed;
        int closings;

        @Override
        public void message(String data) {
            messages.add(data);
        }

        @Override
        public void closed() {
            isClosed = true;
            closings++;
        }
    }

    private static final class FakeOutlet implements Outlet {
        final List<EnginePacket> sent = new ArrayList<>();
        @Nullable Goodbye goodbye;
        boolean isClosed;
        boolean isSlow;

        @Override
        public boolean send(List<EnginePacket> packets) {
            sent.addAll(packets);
            return !isSlow;
        }

        @Override
        public void sendAnyway(List<EnginePacket> packets) {
            sent.addAll(packets);
        }

        @Override
        public void close(Goodbye why) {
            goodbye = why;
            isClosed = true;
        }

        List<String> texts() {
            return sent.stream().map(EnginePacket::text).toList();
        }
    }

    /// Alarms that ring when told to, the shortest first.
    private static final class SettableAlarms implements Alarms {
        private final List<Alarm> set = new ArrayList<>();

        private record Alarm(Duration delay, Runnable task) {}

        @Override
        public Timer after(Duration delay, Runnable task) {
            Alarm alarm = new Alarm(delay, task);
            set.add(alarm);
            return () -> set.remove(alarm);
        }

        /// Rings the next one, and returns for how long it was set.
        Duration ring() {
            Alarm next =
                    set.stream().min(java.util.Comparator.comparing(Alarm::delay)).orElseThrow();
            set.remove(next);
            next.task().run();
            return next.delay();
        }

        boolean isSilent() {
            return set.isEmpty();
        }
    }
}
