package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.model.ModelException.Fault.AUTH;
import static org.assistantservice.model.ModelException.Fault.NOT_FOUND;
import static org.assistantservice.model.ModelException.Fault.PROTOCOL;
import static org.assistantservice.model.ModelException.Fault.RATE_LIMITED;
import static org.assistantservice.model.ModelException.Fault.REJECTED;
import static org.assistantservice.model.ModelException.Fault.UNAVAILABLE;
import static org.assistantservice.model.openai.Clients.asking;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assistantservice.model.ModelException;
import org.assistantservice.model.ModelException.Fault;
import org.assistantservice.testing.RecordingListener;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Faults of an endpoint over real HTTP, and what is retried.
class UpstreamFaultTest {
    private static final String NO = "{\"error\":{\"message\":\"No.\"}}";

    private final List<OpenAiModelClient> clients = new ArrayList<>();
    private ScriptedModelServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedModelServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        clients.forEach(OpenAiModelClient::close);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 529})
    void aPassingFaultIsRetriedUntilTheAnswerComes(int status) throws Exception {
        server.enqueue(failing(status), failing(status), Turn.text("at last"));

        assertThat(ask().turn().text()).isEqualTo("at last");
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "429, RATE_LIMITED",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "529, UNAVAILABLE"
    })
    void afterTheThirdAttemptAPassingFaultIsTheEnd(int status, Fault fault) throws Exception {
        server.enqueue(failing(status), failing(status), failing(status));

        ModelException failure = ask().failure();

        assertThat(failure.fault()).isEqualTo(fault);
        assertThat(failure)
                .hasMessage("The model endpoint answered %d (27 characters)".formatted(status));
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "401, AUTH",
        "403, AUTH",
        "404, NOT_FOUND",
        "413, REJECTED",
        "422, REJECTED",
        "501, UNAVAILABLE",
        "302, PROTOCOL"
    })
    void anyOtherStatusIsNotRetried(int status, Fault fault) throws Exception {
        server.enqueue(failing(status).header("Location", "http://169.254.169.254/"));

        assertThat(ask().failure().fault()).isEqualTo(fault);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aSpentQuotaIsNotRetried() throws Exception {
        server.enqueue(
                Turn.status(
                        429,
                        Map.of(),
                        "{\"error\":{\"message\":\"Pay\",\"code\":\"insufficient_quota\"}}"));

        assertThat(ask().failure().fault()).isEqualTo(RATE_LIMITED);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void noKeyIsToldToAnybody() throws Exception {
        String echo =
                "{\"error\":{\"message\":\"Wrong key\",\"type\":\"%s\",\"code\":400}}"
                        .formatted(Clients.KEY);
        server.enqueue(
                Turn.status(401, Map.of(), echo),
                Turn.status(400, Map.of(), echo),
                Turn.data(echo));

        assertThat(ask().failure())
                .hasMessage("The model endpoint answered 401 (code 400, type ***, 72 characters)");
        assertThat(ask().failure())
                .hasMessage("The model endpoint answered 400 (code 400, type ***, 72 characters)");
        assertThat(ask().failure())
                .hasMessage(
                        "The model endpoint broke off its answer"
                                + " (code 400, type ***, 62 characters)")
                .hasNoCause();
        assertThat(server.requests())
                .allSatisfy(request ->
                        assertThat(request.headers())
                                .containsEntry("authorization", "Bearer " + Clients.KEY));
    }

    @Test
    void theProvidersWordsAreForDebuggingOnly() throws Exception {
        String quoting =
                """
                {"error":{"message":"Too long: my secret prompt, key %s",
                "type":"no words here","code":"context_length_exceeded"}}\
                """
                        .formatted(Clients.KEY);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger("org.assistantservice.model");
        Level before = log.getLevel();
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.DEBUG);
        server.enqueue(Turn.status(400, Map.of(), quoting), Turn.data(quoting.replace("\n", " ")));

        ModelException refused = ask().failure();
        ModelException brokenOff = ask().failure();

        log.detachAppender(lines);
        log.setLevel(before);
        assertThat(refused)
                .hasMessage(
                        "The model endpoint answered 400 (code context_length_exceeded, %d"
                                        .formatted(quoting.length())
                                + " characters)");
        assertThat(brokenOff)
                .hasMessageStartingWith(
                        "The model endpoint broke off its answer (code context_length_exceeded, ");
        assertThat(lines.list)
                .filteredOn(line -> line.getFormattedMessage().contains("my secret prompt"))
                .hasSize(2)
                .allSatisfy(line -> {
                    assertThat(line.getLevel()).isEqualTo(Level.DEBUG);
                    assertThat(line.getFormattedMessage()).doesNotContain(Clients.KEY);
                });
    }

    @Test
    void aShortRetryAfterIsWaitedFor() throws Exception {
        server.enqueue(failing(429).header("Retry-After", "1"), Turn.text("ok"));
        long start = System.nanoTime();

        assertThat(ask().turn().text()).isEqualTo("ok");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aLongRetryAfterFailsAtOnceAsARateLimit(int status) throws Exception {
        server.enqueue(failing(status).header("Retry-After", "3600"));

        ModelException failure = ask().failure();

        assertThat(failure.fault()).isEqualTo(RATE_LIMITED);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1e9", ""})
    void aRetryAfterThatSaysNothingIsIgnored(String value) throws Exception {
        server.enqueue(failing(429).header("Retry-After", value), Turn.text("ok"));

        assertThat(ask().turn().text()).isEqualTo("ok");
    }

    @Test
    void aConnectionThatBreaksBeforeTheAnswerIsRetried() throws Exception {
        server.enqueue(Turn.refuses(), Turn.text("ok"));

        assertThat(ask().turn().text()).isEqualTo("ok");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aConnectionThatBreaksBeforeTheFirstWordIsRetried() throws Exception {
        server.enqueue(Turn.text("a").cutAfter(1), Turn.text("b").resetAfter(0), Turn.text("ok"));

        RecordingListener listener = ask();

        assertThat(listener.turn().text()).isEqualTo("ok");
        assertThat(listener.heardWithoutReads()).containsExactly("text ok", "finished");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatBreaksAfterTheFirstWordIsNotRetried(boolean reset) throws Exception {
        CountDownLatch shown = new CountDownLatch(1);
        Turn turn = Turn.text("a").pauseUntil(shown).then("b");
        server.enqueue(reset ? turn.resetAfter(2) : turn.cutAfter(2));
        RecordingListener listener = ask();
        listener.awaitSomething();

        shown.countDown();

        assertThat(listener.failure().fault()).isEqualTo(UNAVAILABLE);
        assertThat(listener.failure())
                .hasMessageStartingWith("The model endpoint broke off its answer: ");
        assertThat(listener.heardWithoutReads()).containsExactly("text a", "failed UNAVAILABLE");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anAnswerThatEndsTooEarlyIsNoSuccess() throws Exception {
        server.enqueue(Turn.text("a", "b").endAfter(2));

        assertThat(ask().failure().fault()).isEqualTo(PROTOCOL);
    }

    @Test
    void aRefusedConnectionIsUnavailableWithinAMoment() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        RecordingListener listener = new RecordingListener();

        client(Clients.settings(URI.create("http://127.0.0.1:" + port + "/v1")))
                .start(asking("hi"), listener);

        assertThat(listener.failure().fault()).isEqualTo(UNAVAILABLE);
        assertThat(listener.failure())
                .hasMessageStartingWith("The model endpoint cannot be reached: ");
    }

    @Test
    void anUnknownHostIsUnavailableAndNotRetried() throws Exception {
        RecordingListener listener = new RecordingListener();

        client(Clients.settings(URI.create("http://no-such-host.invalid/v1")))
                .start(asking("hi"), listener);

        assertThat(listener.failure().fault()).isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html|<html>|The model endpoint answered with text/html, not a stream",
                "application/xml|<a/>|The model endpoint answered with application/xml, not a stream",
                "application/json|{\"id\":\"x\"}|The model endpoint answered with JSON, not a stream (10 characters)",
                "application/json|nonsense|The model endpoint answered with JSON, not a stream (8 characters)"
            })
    void anotherContentTypeIsAProtocolError(String type, String body, String message)
            throws Exception {
        server.enqueue(Turn.raw(type, body.getBytes(UTF_8)));

        ModelException failure = ask().failure();

        assertThat(failure.fault()).isEqualTo(PROTOCOL);
        assertThat(failure).hasMessage(message);
    }

    @Test
    void anErrorWithStatus200IsThatError() throws Exception {
        server.enqueue(
                Turn.raw(
                        "application/json; charset=utf-8",
                        "{\"error\":{\"message\":\"No such model\",\"code\":404}}"
                                .getBytes(UTF_8)));

        assertThat(ask().failure().fault()).isEqualTo(NOT_FOUND);
    }

    @Test
    void anUnaskedEncodingIsAProtocolError() throws Exception {
        server.enqueue(Turn.text("a").header("Content-Encoding", "gzip"));

        assertThat(ask().failure())
                .hasMessage(
                        "The model endpoint answered with encoding 'gzip', which was not asked for");
        assertThat(server.requests().getFirst().headers()).doesNotContainKey("accept-encoding");
    }

    @Test
    void aStreamLabelledAsSomethingElseIsRead() throws Exception {
        server.enqueue(Turn.text("a").header("Content-Type", "text/plain"));

        assertThat(ask().turn().text()).isEqualTo("a");
    }

    @Test
    void aRefusalOfTheRequestOrAWrongKeyDoesNotOpenTheBreaker() throws Exception {
        OpenAiModelClient client = client(Clients.settings(server.baseUrl()));
        server.answer(request -> failing(request.order() % 2 == 0 ? 400 : 401));
        for (int i = 0; i < 30; i++) {
            assertThat(ask(client).failure().fault()).isIn(REJECTED, AUTH);
        }

        assertThat(server.requests()).hasSize(30);
    }

    @Test
    void theBreakerOpensAfterTwentyFailingCallsAndClosesAgain() throws Exception {
        OpenAiModelClient client =
                client(Clients.settings(server.baseUrl()), quick(Duration.ofMillis(200), 10, 20));
        server.answer(request -> failing(500));
        for (int i = 0; i < 20; i++) {
            assertThat(ask(client).failure().fault()).isEqualTo(UNAVAILABLE);
        }
        int asked = server.requests().size();

        ModelException refused = ask(client).failure();

        assertThat(refused).hasMessage("The model endpoint keeps failing: no calls for PT0.2S");
        assertThat(server.requests()).hasSize(asked);

        server.answer(request -> Turn.text("back"));
        for (int i = 0; i < 10; i++) {
            await().until(() -> firstWordOf(ask(client)).equals("text back"));
        }
    }

    @Test
    void retriesStayWithinTheirBudget() throws Exception {
        OpenAiModelClient client =
                client(Clients.settings(server.baseUrl()), quick(Duration.ofSeconds(10), 4, 100));
        server.answer(request -> failing(503));
        for (int i = 0; i < 30; i++) {
            ask(client).failure();
        }

        assertThat(server.requests()).hasSize(30 + 4);
    }

    @Test
    void aFullBulkheadShedsAndAWaitingCallHoldsNoPlace() throws Exception {
        OpenAiModelClient client =
                client(
                        Clients.settings(server.baseUrl()),
                        new OpenAiResilience(
                                Duration.ofMillis(1),
                                Duration.ofMillis(4),
                                Duration.ofSeconds(30),
                                10,
                                10,
                                50,
                                20,
                                Duration.ofSeconds(10),
                                1));
        server.enqueue(failing(429).header("Retry-After", "20"), Turn.text("free").hang());
        RecordingListener waiting = ask(client);
        await().until(() -> server.requests().size() == 1);

        await().until(() -> firstWordOf(ask(client)).equals("text free"));
        ModelException shed = ask(client).failure();

        assertThat(shed).hasMessage("Too many calls of the model are under way");
        assertThat(waiting.heard()).isEmpty();
    }

    private static OpenAiResilience quick(
            Duration breakerOpen, int retriesPerMinute, int breakerCalls) {
        return new OpenAiResilience(
                Duration.ofMillis(1),
                Duration.ofMillis(4),
                Duration.ofSeconds(2),
                10,
                retriesPerMinute,
                50,
                breakerCalls,
                breakerOpen,
                2_000);
    }

    private static Turn failing(int status) {
        return Turn.status(status, Map.of(), NO);
    }

    private static String firstWordOf(RecordingListener listener) throws InterruptedException {
        listener.awaitSomething();
        return listener.heard().getFirst();
    }

    private RecordingListener ask() {
        return ask(client(Clients.settings(server.baseUrl())));
    }

    private static RecordingListener ask(OpenAiModelClient client) {
        RecordingListener listener = new RecordingListener();
        client.start(asking("hi"), listener);
        return listener;
    }

    private OpenAiModelClient client(OpenAiSettings settings) {
        return client(settings, Clients.QUICK);
    }

    private OpenAiModelClient client(OpenAiSettings settings, OpenAiResilience resilience) {
        OpenAiModelClient client = Clients.of(settings, resilience);
        clients.add(client);
        return client;
    }
}
