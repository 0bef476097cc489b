package org.assistantservice.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assistantservice.testing.ScriptedCall.call;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptedModelServerTest {
    private static final String HELLO =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hello #a\"}],"
                    + "\"stream_options\":{\"include_usage\":true}}";

    private final HttpClient client = HttpClient.newHttpClient();
    private ScriptedModelServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedModelServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        client.shutdownNow();
        server.close();
    }

    @Test
    void streamsATurnWithFinishReasonUsageAndDone() throws Exception {
        server.enqueue(Turn.text("Hello", " world").usage(3, 2));

        HttpResponse<String> answer = client.send(post(HELLO), BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(answer.body().split("\n\n"))
                .hasSize(6)
                .satisfies(frames -> {
                    assertThat(frames[0]).contains("\"role\":\"assistant\"");
                    assertThat(frames[1]).contains("\"delta\":{\"content\":\"Hello\"}");
                    assertThat(frames[2]).contains("\"delta\":{\"content\":\" world\"}");
                    assertThat(frames[3]).contains("\"finish_reason\":\"stop\"");
                    assertThat(frames[4]).contains("\"total_tokens\":5");
                    assertThat(frames[5]).isEqualTo("data: [DONE]");
                });
        assertThat(server.requests().getFirst().lastUserText()).isEqualTo("hello #a");
    }

    @Test
    void splitsTheArgumentsOfParallelCalls() throws Exception {
        server.enqueue(Turn.of(call("call_1", "f", "{\"a\"", ":1}"), call("call_2", "g", "{}")));

        String body = client.send(post(HELLO), BodyHandlers.ofString()).body();

        assertThat(body)
                .contains("{\"index\":0,\"id\":\"call_1\"")
                .contains("{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}")
                .contains("{\"index\":1,\"function\":{\"arguments\":\"{}\"}}")
                .contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void answersByTagBeforeTheQueueAndRecordsWhatTheScriptLacks() throws Exception {
        server.enqueue(Turn.text("queue")).onTag("#a", Turn.text("tag"));

        String first = client.send(post(HELLO), BodyHandlers.ofString()).body();
        String second = client.send(post(HELLO), BodyHandlers.ofString()).body();
        HttpResponse<String> third = client.send(post(HELLO), BodyHandlers.ofString());

        assertThat(first).contains("tag");
        assertThat(second).contains("queue");
        assertThat(third.statusCode()).isEqualTo(500);
        assertThat(server.unscripted()).containsExactly("POST /v1/chat/completions: hello #a");
        assertThat(server.acceptedConnections()).isEqualTo(1);
    }

    @Test
    void aCutStreamIsAnErrorForTheClient() {
        server.enqueue(Turn.text("a", "b", "c").cutAfter(2));

        assertThatThrownBy(() -> client.send(post(HELLO), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void seesAtOnceThatTheClientLeft() throws Exception {
        server.enqueue(Turn.text("a").hang());
        HttpResponse<InputStream> answer = client.send(post(HELLO), BodyHandlers.ofInputStream());
        assertThat(answer.body().readNBytes(5)).isEqualTo("data:".getBytes(UTF_8));
        assertThat(server.openConnections()).isEqualTo(1);

        answer.body().close();

        await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
    }

    @Test
    void whatTheUserWritesCanBeTheScript() throws Exception {
        server.answer(SpokenScript::turn);

        String calls = ask("call:f:{\\\"a\\\":1}\\ncall:g:{}");
        String tokens = ask("tokens:3@1000");
        String said = ask("say:Good day");

        assertThat(calls).contains("\"name\":\"f\"").contains("\"name\":\"g\"");
        assertThat(tokens).contains("w0 ").contains("w2 ");
        assertThat(said).contains("\"content\":\"Good \"").contains("\"content\":\"day\"");
    }

    private String ask(String text) throws Exception {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
        return client.send(post(body), BodyHandlers.ofString()).body();
    }

    private HttpRequest post(String body) {
        return HttpRequest.newBuilder(server.baseUrl().resolve("/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
