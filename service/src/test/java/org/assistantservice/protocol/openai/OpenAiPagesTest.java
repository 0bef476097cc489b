package org.assistantservice.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.wire.Examples.RUN;
import static org.assistantservice.wire.Examples.THREAD;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.StepId;
import org.assistantservice.model.Sampling;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.RunStep;
import org.assistantservice.wire.Examples;
import org.assistantservice.wire.WireJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 250 items in each list, all of the same second.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiPagesTest {
    private static final int ITEMS = 250;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MESSAGES = "/v1/threads/thread_T/messages";

    private final OpenAiServer server = new OpenAiServer(Map.of());

    @BeforeAll
    void fill() {
        server.threads.create(Examples.thread(THREAD));
        server.runs.add(Examples.run(RunStatus.COMPLETED));
        for (int i = 0; i < ITEMS; i++) {
            server.threads
                    .messagesOf(THREAD)
                    .add(Examples.userMessage(new MessageId("msg_" + scrambled(i)), THREAD, "Hi"));
            server.runs.add(step(new StepId("step_" + scrambled(i)), i));
            server.runs.add(run(new RunId("run_" + scrambled(i))));
            server.assistants.add(
                    Examples.assistant(new AssistantId("asst_%03d".formatted(i)), "A" + i));
        }
        server.threads.messagesOf(THREAD).delete("msg_" + scrambled(100));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"asc,100", "asc,7", "desc,100", "desc,7", "desc,20"})
    void aPagerSeesEveryMessageOnceInOrder(String order, int limit) throws Exception {
        List<String> wanted =
                IntStream.range(0, ITEMS)
                        .filter(i -> i != 100)
                        .mapToObj(i -> "msg_" + scrambled(i))
                        .toList();

        List<String> seen = all(MESSAGES, order, limit);

        assertThat(seen).isEqualTo(order.equals("asc") ? wanted : wanted.reversed());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/threads/thread_T/runs,run_R",
        "/v1/threads/thread_T/runs/run_R/steps,''",
        "/v1/assistants,''"
    })
    void everyListCanBePagedInBothOrders(String path, String first) throws Exception {
        List<String> ascending = all(path, "asc", 100);
        List<String> descending = all(path, "desc", 33);

        assertThat(ascending).hasSize(first.isEmpty() ? ITEMS : ITEMS + 1).doesNotHaveDuplicates();
        assertThat(ascending.getFirst()).startsWith(first);
        assertThat(descending).isEqualTo(ascending.reversed());
    }

    @Test
    void eachStepIsFoundHoweverManyThereAre() throws Exception {
        String id = "step_" + scrambled(ITEMS - 1);

        String body = server.get("/v1/threads/thread_T/runs/run_R/steps/" + id).body();

        assertThat(body).isEqualTo(WireJson.step(step(new StepId(id), ITEMS - 1)));
    }

    @Test
    void withoutAQueryTheTwentyNewestAreShown() throws Exception {
        JsonNode page = list(MESSAGES);

        assertThat(ids(page))
                .isEqualTo(
                        IntStream.range(0, 20)
                                .mapToObj(i -> "msg_" + scrambled(ITEMS - 1 - i))
                                .toList());
        assertThat(page.required("first_id").stringValue()).isEqualTo("msg_" + scrambled(249));
        assertThat(page.required("last_id").stringValue()).isEqualTo("msg_" + scrambled(230));
        assertThat(page.required("has_more").booleanValue()).isTrue();
    }

    @Test
    void aDeletedItemStillMarksItsPlace() throws Exception {
        JsonNode page = list(MESSAGES + "?order=asc&limit=1&after=msg_" + scrambled(100));

        assertThat(ids(page)).containsExactly("msg_" + scrambled(101));
    }

    @Test
    void thePageBeforeAnItemIsTheNearest() throws Exception {
        JsonNode page = list(MESSAGES + "?order=asc&limit=2&before=msg_" + scrambled(5));
        JsonNode assistants = list("/v1/assistants?order=asc&limit=2&before=asst_005");
        JsonNode first = list("/v1/assistants?order=asc&limit=5&before=asst_005");

        assertThat(ids(page)).containsExactly("msg_" + scrambled(3), "msg_" + scrambled(4));
        assertThat(ids(assistants)).containsExactly("asst_003", "asst_004");
        assertThat(assistants.required("has_more").booleanValue()).isTrue();
        assertThat(first.required("has_more").booleanValue()).isFalse();
    }

    @Test
    void afterTheLastItemTheListIsEmpty() throws Exception {
        String body = server.get(MESSAGES + "?after=msg_" + scrambled(0)).body();

        assertThat(body).isEqualTo(WireJson.list(List.of(), List.of(), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | limit | integer_below_min_value | Invalid 'limit': integer below minimum"
                        + " value. Expected a value >= 1, but got 0 instead.",
                "limit=-1 | limit | integer_below_min_value | Invalid 'limit': integer below minimum"
                        + " value. Expected a value >= 1, but got -1 instead.",
                "limit=101 | limit | integer_above_max_value | Invalid 'limit': integer above maximum"
                        + " value. Expected a value <= 100, but got 101 instead.",
                "limit=99999999999999999999 | limit | integer_above_max_value | Invalid 'limit':"
                        + " integer above maximum value. Expected a value <= 100, but got"
                        + " 99999999999999999999 instead.",
                "limit=abc | limit | invalid_type | Invalid type for 'limit': expected an integer, but"
                        + " got 'abc' instead.",
                "limit= | limit | invalid_type | Invalid type for 'limit': expected an integer, but got"
                        + " '' instead.",
                "limit=1e2 | limit | invalid_type | Invalid type for 'limit': expected an integer, but"
                        + " got '1e2' instead.",
                "order=up | order | invalid_value | Invalid value: 'up'. Supported values are: 'asc'"
                        + " and 'desc'.",
                "after=msg_a&before=msg_b | before | invalid_value | Only one of 'after' and 'before'"
                        + " may be given.",
                "after=7 | after | invalid_value | Invalid 'after': '7'. Expected an ID that begins"
                        + " with 'msg'.",
                "before=run_R | before | invalid_value | Invalid 'before': 'run_R'. Expected an ID that"
                        + " begins with 'msg'.",
                "after=msg_foreign | after | invalid_value | No item of this list has the id"
                        + " 'msg_foreign'.",
                "before=msg_foreign | before | invalid_value | No item of this list has the id"
                        + " 'msg_foreign'.",
                "run_id=x | run_id | invalid_value | Invalid 'run_id': 'x'. Expected an ID that begins"
                        + " with 'run'.",
            })
    void aQueryThatCannotBeMeantIsRefused(String query, String param, String code, String message)
            throws Exception {
        HttpResponse<String> response = server.get(MESSAGES + "?" + query);

        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":\"%s\",\"code\":\"%s\"}}"
                                .formatted(message, param, code));
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void anAssistantOutsideTheListIsNoPlaceInIt() throws Exception {
        HttpResponse<String> response = server.get("/v1/assistants?after=asst_none");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("No item of this list has the id 'asst_none'.");
    }

    /// Ids whose alphabetical order is not their order in the list.
    private static String scrambled(int i) {
        return "%03dx%d".formatted(i * 7 % ITEMS, i);
    }

    private List<String> all(String path, String order, int limit) throws Exception {
        List<String> seen = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = list("%s?order=%s&limit=%d%s".formatted(path, order, limit, after));
            seen.addAll(ids(page));
            assertThat(page.required("data").size()).isLessThanOrEqualTo(limit);
            if (!page.required("has_more").booleanValue()) {
                return seen;
            }
            after = "&after=" + page.required("last_id").stringValue();
        }
    }

    private JsonNode list(String path) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.required("data").forEach(item -> ids.add(item.required("id").stringValue()));
        return ids;
    }

    private static Run run(RunId id) {
        return new Run(Examples.spec(id, THREAD, Sampling.DEFAULT, null), RunState.QUEUED);
    }

    private static RunStep step(StepId id, int seq) {
        return new RunStep(
                id,
                RUN,
                THREAD,
                Examples.ASSISTANT,
                seq + 1,
                RunStep.Status.IN_PROGRESS,
                new RunStep.ToolCalls("", List.of()),
                Examples.CREATED,
                null,
                null,
                null);
    }
}
