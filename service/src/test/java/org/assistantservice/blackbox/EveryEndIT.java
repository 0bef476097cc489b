package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.blackbox.WayToEnd.CLIENT_GONE;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assistantservice.blackbox.EndsProtocol.Asked;
import org.assistantservice.blackbox.EndsProtocol.Seen;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every protocol against every way a run can end: one terminal signal in the protocol's own form,
/// last, and one correlation id from the request over the action to the answer. The table's rows
/// are the implementations of [EndsProtocol].
class EveryEndIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir static Path folder;
    private static RunningCommander running;
    private static List<EndsProtocol> protocols;

    @BeforeAll
    static void startService() throws Exception {
        running = RunningCommander.prepare(folder);
        ServiceProcess service = running.service();
        EndsPack.drop(service);
        service.with("ASSISTANT_SERVICE_RUN_DEADLINE", "3s").start();
        var json = new EndsOfAnswers.ChatJson(service);
        protocols =
                List.of(
                        new EndsOfStreams.ChatStream(service),
                        new EndsOfSockets.ChatSocket(service),
                        json,
                        new EndsOfAnswers.OpenAi(json),
                        new EndsOfStreams.Stateless(service),
                        new EndsOfSockets.Brainstorm(service),
                        new EndsOfAnswers.Commander(running),
                        new EndsOfAnswers.JellyRest(service),
                        new EndsOfSockets.JellySocketIo(service));
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    static Stream<Arguments> table() {
        return protocols.stream()
                .flatMap(protocol ->
                        Stream.of(WayToEnd.values())
                                .filter(end -> end != CLIENT_GONE)
                                .map(end -> Arguments.of(protocol, end)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("table")
    void aTurnEndsOnceLastAndWithItsCorrelationId(EndsProtocol protocol, WayToEnd end)
            throws Exception {
        String id = UUID.randomUUID().toString();
        running.model().onTag(id, end.script(new CountDownLatch(0)));

        Witness witness;
        Seen seen;
        try (Asked asked = protocol.ask(id, "turn " + id, id)) {
            witness = witness(id);
            if (end == WayToEnd.CANCELLED) {
                cancel(witness.run());
            }
            seen = asked.seen();
        }

        assertThat(seen.correlationId()).isEqualTo(id);
        assertThat(witness.correlationId()).isEqualTo(id);
        assertEnd(protocol, seen, end);
        assertThat(String.join("", seen.frames())).doesNotContain("secret");
        if (end == WayToEnd.FAILED || end == WayToEnd.UPSTREAM_LOST) {
            assertThat(running.service().log()).contains(id);
        }
    }

    static Stream<EndsProtocol> protocolsThatBeginTurns() {
        return protocols.stream().filter(it -> !(it instanceof EndsOfAnswers.OpenAi));
    }

    @ParameterizedTest(name = "{0}: CLIENT_GONE")
    @MethodSource("protocolsThatBeginTurns")
    void aTurnWithoutItsClientEndsAndTheConversationGoesOn(EndsProtocol protocol) throws Exception {
        String id = UUID.randomUUID().toString();
        String next = UUID.randomUUID().toString();
        CountDownLatch gone = new CountDownLatch(1);
        running.model()
                .onTag(id, CLIENT_GONE.script(gone))
                .onTag(next, Turn.text("Half an answer."));

        Witness witness;
        try (Asked _ = protocol.ask(id, "turn " + id, id)) {
            witness = witness(id);
        }
        waitUntilUnread();
        if (protocol.statusWithoutClient().equals("completed")) {
            gone.countDown();
        }
        Seen seen;
        try (Asked asked = protocol.ask(id, "turn " + next, next)) {
            seen = asked.seen();
        }
        gone.countDown();

        assertThat(witness.correlationId()).isEqualTo(id);
        assertEnd(protocol, seen, WayToEnd.COMPLETED);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(status(witness.run()))
                                .isEqualTo(protocol.statusWithoutClient()));
    }

    private static void assertEnd(EndsProtocol protocol, Seen seen, WayToEnd end) {
        List<String> frames = new ArrayList<>(seen.frames());
        String shortId = seen.correlationId().substring(0, 8);
        List<String> last =
                protocol.last(end).stream()
                        .map(it -> it.replace(EndsProtocol.ID, shortId))
                        .toList();

        assertThat(frames).filteredOn(it -> it.matches(protocol.terminal())).hasSize(1);
        assertThat(frames).hasSizeGreaterThanOrEqualTo(last.size());
        List<String> tail = frames.subList(frames.size() - last.size(), frames.size());
        for (int i = 0; i < last.size(); i++) {
            assertThat(tail.get(i)).matches(last.get(i));
        }
        assertThat(frames.subList(0, frames.size() - last.size()))
                .noneMatch(frame -> last.stream().anyMatch(frame::matches));
    }

    /// What the turn's action was told; the model is asked for the turn's last answer by then.
    private record Witness(String correlationId, String run) {}

    private static Witness witness(String tag) {
        String[] told =
                await().atMost(PATIENCE)
                        .until(
                                () ->
                                        running.requests(tag).stream()
                                                .filter(it -> it.lastRole().equals("tool"))
                                                .map(RecordedRequest::lastText)
                                                .map(it -> it.split(" ", -1))
                                                .findFirst()
                                                .orElse(new String[0]),
                                it -> it.length == 2);
        return new Witness(told[0], told[1]);
    }

    private static void cancel(String run) throws Exception {
        HttpResponse<String> answer = running.api().http().post("/runs/" + run + "/cancel", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String status(String run) throws Exception {
        return ChatApi.json(running.api().http().get("/runs/" + run)).get("status").asString();
    }

    /// The service notices a client that left within 0.3 s without a write.
    private static void waitUntilUnread() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(500);
    }
}
