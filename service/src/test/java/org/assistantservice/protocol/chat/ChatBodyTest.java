package org.assistantservice.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.assistantservice.run.RunRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatBodyTest extends ChatServerFixture {
    private static final String CORRELATION = "11111111-2222-4333-8444-555555555555";

    @ParameterizedTest
    @CsvSource({
        "'', x, Missing thread_id",
        "T, '', Missing message",
        "T, '  ', Missing message",
        "T, \\u0000, Invalid message",
        "T, \\ud83c, Invalid message"
    })
    void anEmptyOrImpossibleValueIsABadRequest(String id, String message, String detail)
            throws Exception {
        HttpResponse<String> response =
                server.chat(id.replace("T", thread), message, "X-Correlation-ID", CORRELATION);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"detail\":\"%s (correlation_id: 11111111)\"}".formatted(detail));
        assertThat(server.runs.requests).isEmpty();
    }

    @Test
    void theLengthOfAMessageIsCountedInCodePoints() throws Exception {
        server.runs.script(run -> Samples.answer(run, "ok"));

        HttpResponse<String> longest = server.chat(thread, "🌊".repeat(256_000));
        HttpResponse<String> tooLong =
                server.chat(thread, "x".repeat(256_001), "X-Correlation-ID", CORRELATION);

        assertThat(longest.statusCode()).isEqualTo(200);
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body())
                .isEqualTo("{\"detail\":\"Message too long (correlation_id: 11111111)\"}");
    }

    @Test
    void aBodyOverOneMebibyteIsTooLarge() throws Exception {
        HttpResponse<String> response =
                server.post("/chat", "x".repeat(1024 * 1024 + 1), "X-Correlation-ID", CORRELATION);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body())
                .isEqualTo("{\"detail\":\"Request too large (correlation_id: 11111111)\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "image/png"
            })
    void theContentTypeOfTheBodyDoesNotMatter(String type) throws Exception {
        server.runs.script(run -> Samples.answer(run, "Hi"));

        HttpResponse<String> response = server.chat(thread, "x", "Content-Type", type);

        assertThat(response.body()).isEqualTo("{\"responses\":[\"Hi\"]}");
    }

    @Test
    void everyShapeMistakeIsAnItem() throws Exception {
        assertItems(
                "{}",
                """
                [{"type":"missing","loc":["body","thread_id"],"msg":"Field required","input":{}},
                 {"type":"missing","loc":["body","message"],"msg":"Field required","input":{}}]\
                """);
        assertItems(
                "{\"thread_id\":1,\"message\":\"x\"}",
                """
                [{"type":"string_type","loc":["body","thread_id"],
                  "msg":"Input should be a valid string","input":1}]\
                """);
        assertItems(
                "\"text\"",
                """
                [{"type":"model_attributes_type","loc":["body"],"input":"text",
                  "msg":"Input should be a valid dictionary or object to extract fields from"}]\
                """);
        assertItems(
                "",
                """
                [{"type":"missing","loc":["body"],"msg":"Field required","input":null}]\
                """);
        assertItems(
                "{",
                """
                [{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},
                  "ctx":{"error":"Expecting value"}}]\
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}{}",
                "{\"thread_id\":\"a\",\"thread_id\":\"b\",\"message\":\"x\"}",
                "{'thread_id':'a'}",
                "{\"a\":NaN}",
                "// c\n{}",
                "\uFEFF{}",
                "[1,]"
            })
    void whatTwoReadersCouldReadDifferentlyIsNoJson(String body) throws Exception {
        HttpResponse<String> response = server.post("/chat", body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(detail(response).get(0).get("type").stringValue()).isEqualTo("json_invalid");
    }

    @Test
    void depthAndLengthAreLimited() throws Exception {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        String number = "{\"n\":" + "1".repeat(10_000) + "}";

        for (String body : List.of(deep, number)) {
            HttpResponse<String> response = server.post("/chat", body);

            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(detail(response).get(0).get("ctx").get("error").stringValue())
                    .isEqualTo("A limit on depth or length is exceeded");
        }
    }

    @Test
    void bytesThatAreNotUtf8AreNoJson() throws Exception {
        byte[] latin1 = {'{', '"', (byte) 0xe9, '"', ':', '1', '}'};

        HttpResponse<String> response =
                server.send(
                        server.request("/chat")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(latin1))
                                .build());

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(detail(response).get(0).get("ctx").get("error").stringValue())
                .isEqualTo("Invalid UTF-8");
    }

    @Test
    void anIdempotencyKeyTravelsWithADigestOfTheRequest() throws Exception {
        server.runs.script(run -> Samples.answer(run, "Hi"));

        server.chat(thread, "x", "Idempotency-Key", "k1");
        server.chat(thread, "x", "Idempotency-Key", "k1");
        server.chat(thread, "y", "Idempotency-Key", "k1");

        var keys = server.runs.requests.stream().map(it -> it.options().idempotency()).toList();
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
        assertThat(keys).extracting(RunRequest.Idempotency::key).containsOnly("k1");
    }

    @Test
    void anIdempotencyKeyThatIsTooLongIsABadRequest() throws Exception {
        HttpResponse<String> response =
                server.chat(
                        thread,
                        "x",
                        "Idempotency-Key",
                        "k".repeat(256),
                        "X-Correlation-ID",
                        CORRELATION);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo(
                        "{\"detail\":\"Idempotency-Key must be 1 to 255 printable ASCII characters"
                                + " (correlation_id: 11111111)\"}");
    }

    @Test
    void aMessageWithAnIdOfItsOwnNeedsNoIdempotencyKey() throws Exception {
        server.runs.script(run -> Samples.answer(run, "Hi"));
        String body = withId("\"m1\"");

        server.post("/chat", body);
        server.post("/chat", body);
        server.post("/chat", body.replace("hi", "ho"));
        server.post("/chat", body, "Idempotency-Key", "k1");
        server.post("/chat", withId("null"));

        var keys = server.runs.requests.stream().map(it -> it.options().idempotency()).toList();
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
        assertThat(keys.subList(0, 4))
                .extracting(RunRequest.Idempotency::key)
                .containsExactly(
                        "cmid:" + thread + ":m1",
                        "cmid:" + thread + ":m1",
                        "cmid:" + thread + ":m1",
                        "k1");
        assertThat(keys.get(4)).isNull();
    }

    @Test
    void anIdOfAMessageThatIsNoneIsABadRequestAndOneThatIsNoTextAnItem() throws Exception {
        server.runs.script(run -> Samples.answer(run, "Hi"));
        for (String id : List.of("", "é", "x".repeat(256))) {
            HttpResponse<String> response =
                    server.post("/chat", withId("\"" + id + "\""), "X-Correlation-ID", CORRELATION);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body())
                    .isEqualTo(
                            "{\"detail\":\"client_message_id must be 1 to 255 printable ASCII"
                                    + " characters (correlation_id: 11111111)\"}");
        }
        assertItems(
                withId("7"),
                """
                [{"type":"string_type","loc":["body","client_message_id"],
                  "msg":"Input should be a valid string","input":7}]\
                """);
        assertThat(server.runs.requests).isEmpty();
    }

    private String withId(String json) {
        return "{\"thread_id\":\"%s\",\"message\":\"hi\",\"client_message_id\":%s}"
                .formatted(thread, json);
    }

    private void assertItems(String body, String items) throws Exception {
        HttpResponse<String> response = server.post("/chat", body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(detail(response)).isEqualTo(JsonMapper.shared().readTree(items));
    }

    private static JsonNode detail(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body()).get("detail");
    }
}
