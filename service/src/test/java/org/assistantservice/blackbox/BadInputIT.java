package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.blackbox.RawClient.CLOSED;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Everything that a client may send by mistake or malice, to the packaged service: no answer of
/// 500 and above, an answer or a closed connection in time, and a service that is as well and as
/// small as before.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadInputIT {
    private static final Pattern HEAP = Pattern.compile("used (\\d+)K");
    private static final long MAX_GROWTH_KIB = 32 * 1024;
    private static final Pattern LEAK =
            Pattern.compile(
                    "\\bat [a-z.]+\\(|Exception|org\\.assistantservice|io\\.micronaut|sqlite");

    @TempDir static Path folder;
    private static RunningService running;
    private static RawClient client;
    private static long heapBefore;

    @BeforeAll
    static void startService() throws Exception {
        running =
                RunningService.in(
                        folder,
                        "ASSISTANT_SERVICE_SERVER_BODY_TIMEOUT",
                        "2s",
                        "SSE_MAX_CONNECTIONS_PER_CLIENT",
                        "100");
        running.model().answer(_ -> Turn.text("Fine."));
        client = new RawClient(running.service());
        running.api().chat("new", "warm up");
        try (SseClient stream = running.api().stream("new", "warm up")) {
            stream.readAll();
        }
        heapBefore = heapKib();
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @AfterEach
    void theServiceIsWell() throws Exception {
        assertThat(running.service().isAlive()).isTrue();
        assertThat(running.api().get("/health").body()).isEqualTo("{\"status\":\"healthy\"}");
        assertThat(running.service().log())
                .doesNotContain("Unexpected error", "OutOfMemoryError", "LEAK:");
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> bodies() {
        return tests(BadBodies.all());
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> requests() throws Exception {
        String thread = running.api().newThread();
        return tests(BadRequests.all(thread, runOn(thread), runOn(running.api().newThread())));
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> framing() {
        return tests(BadFraming.all());
    }

    @TestFactory
    @Order(3)
    Stream<DynamicTest> handshakes() {
        String path = "/ws/chat";
        List<BadInput> inputs = new ArrayList<>();
        inputs.add(
                BadInput.of(
                        "a foreign origin",
                        RawClient.handshake(path, "Origin: http://evil\r\n"),
                        403));
        inputs.add(
                BadInput.of(
                        "an origin of null", RawClient.handshake(path, "Origin: null\r\n"), 403));
        inputs.add(
                BadInput.of(
                        "an origin that begins like ours",
                        RawClient.handshake(path, "Origin: http://localhost.evil\r\n"),
                        403));
        inputs.add(BadInput.of("another path", RawClient.handshake("/ws/other", ""), 400, 404));
        inputs.add(
                BadInput.of("a path above", RawClient.handshake("/ws/../ws/chat", ""), 400, 404));
        for (String[] change :
                new String[][] {
                    {"Version: 13", "Version: 99"},
                    {"Version: 13", "Version: x"},
                    {"Sec-WebSocket-Key", "X-Key"},
                    {"HTTP/1.1", "HTTP/1.0"},
                    {"GET", "POST"},
                    {"Upgrade: websocket", "Upgrade: nonsense"},
                    {"Connection: Upgrade", "Connection: close"}
                }) {
            String text = new String(RawClient.handshake(path, ""), StandardCharsets.ISO_8859_1);
            inputs.add(
                    BadInput.of(
                            change[1] + " in place of " + change[0],
                            text.replace(change[0], change[1]),
                            400,
                            404,
                            405,
                            426,
                            CLOSED));
        }
        return tests(inputs);
    }

    @TestFactory
    @Order(4)
    Stream<DynamicTest> frames() {
        return BadFrames.all().stream()
                .map(input ->
                        test(
                                input,
                                () ->
                                        assertThat(client.closeCode(input.bytes()))
                                                .isIn(input.allowed())));
    }

    @Test
    @Order(5)
    void theHeapHasNotGrown() throws Exception {
        assertThat(heapKib() - heapBefore).isLessThan(MAX_GROWTH_KIB);
    }

    private static Stream<DynamicTest> tests(List<BadInput> inputs) {
        return inputs.stream().map(input -> test(input, () -> answered(input)));
    }

    private static DynamicTest test(BadInput input, Executable check) {
        return DynamicTest.dynamicTest(
                input.name(),
                () -> {
                    check.execute();
                    assertThat(running.service().isAlive()).isTrue();
                    assertThat(running.api().get("/health").statusCode()).isEqualTo(200);
                });
    }

    private static void answered(BadInput input) throws Exception {
        RawClient.Reply reply = client.http(input.bytes());

        assertThat(reply.status()).as(reply.text()).isIn(input.allowed());
        assertThat(reply.text()).doesNotContainPattern(LEAK);
        if (reply.status() == 405) {
            assertThat(reply.hasHeader("Allow")).as(reply.text()).isTrue();
        }
    }

    private static String runOn(String thread) throws Exception {
        HttpResponse<String> answer = running.api().chat(thread, "hi");
        return answer.headers().firstValue("X-Run-Id").orElseThrow();
    }

    /// Used heap after a collection.
    private static long heapKib() throws Exception {
        running.service().jcmd("GC.run");
        Matcher used = HEAP.matcher(running.service().jcmd("GC.heap_info"));
        assertThat(used.find()).isTrue();
        return Long.parseLong(used.group(1));
    }
}
