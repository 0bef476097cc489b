package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assistantservice.testing.RecordedRequest;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Acceptance cases 1, 2, 4 to 17, 19 to 21, 23 and 24 of the commander protocol.
class CommanderCasesIT {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir static Path folder;
    private static ScriptedModelServer model;
    private static FileHost host;
    private static ServiceProcess service;
    private static CommanderApi api;

    @BeforeAll
    static void startService() throws Exception {
        model = ScriptedModelServer.start();
        host = FileHost.start();
        service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "sk-canary-123456")
                        .with("FETCH_ALLOWED", host.authority())
                        .with("QUOTES", host.url("/price/"))
                        .with("EMAIL_URI", host.url("/email"));
        CommanderPack.drop(service);
        service.start();
        api = new CommanderApi(service);
    }

    @AfterAll
    static void stopService() throws Exception {
        service.close();
        host.close();
        model.close();
    }

    @Test
    void case1_createAnswersWithSevenFields() throws Exception {
        HttpResponse<String> created = api.create("one@b.c", host.url("/data/turbines.csv?x=1"));

        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        JsonNode body = ChatApi.json(created);
        assertThat(body.propertyNames())
                .containsExactly(
                        "userName",
                        "name",
                        "instructions",
                        "tools",
                        "assistant_id",
                        "thread_id",
                        "file_ids");
        assertThat(body.get("userName").asString()).isEqualTo("one@b.c");
        assertThat(body.get("name").asString()).isEqualTo("Energy");
        assertThat(body.get("instructions").asString()).isEqualTo("You count turbines.");
        assertThat(body.get("assistant_id").asString()).startsWith("asst_");
        assertThat(body.get("thread_id").asString()).startsWith("thread_");
        assertThat(body.get("file_ids")).hasSize(1);
        assertThat(body.get("file_ids").get(0).asString()).startsWith("file-");
        JsonNode tools = JSON.readTree(body.get("tools").asString());
        assertThat(tools).hasSize(5);
        assertThat(tools.get(1).at("/function/name").asString()).isEqualTo("send_email");
        assertThat(created.headers().firstValue("X-Correlation-ID")).isPresent();
    }

    @Test
    void case2_statusHasOneRowOfEachKey() throws Exception {
        JsonNode created =
                ChatApi.json(api.create("two@b.c", host.url("/a/first.csv"), host.url("/b/b.csv")));

        HttpResponse<String> status = api.status("two@b.c");

        assertThat(status.statusCode()).isEqualTo(200);
        List<String> keys = new ArrayList<>();
        ChatApi.json(status).forEach(row -> keys.add(row.get("key").asString()));
        assertThat(keys)
                .containsExactly(
                        "id",
                        "name",
                        "instructions",
                        "tools",
                        "assistant",
                        "thread",
                        "file",
                        "file");
        assertThat(ChatApi.json(status)).allMatch(row -> row.get("username").asString().equals("two@b.c"));
        assertThat(CommanderApi.value(status, "id")).matches("[0-9a-f-]{36}");
        assertThat(CommanderApi.value(status, "name")).isEqualTo("Energy");
        assertThat(CommanderApi.value(status, "assistant"))
                .isEqualTo(created.get("assistant_id").asString());
        assertThat(CommanderApi.value(status, "thread"))
                .isEqualTo(created.get("thread_id").asString());
        assertThat(CommanderApi.value(status, "tools")).isEqualTo(created.get("tools").asString());
        JsonNode file = JSON.readTree(CommanderApi.value(status, "file"));
        assertThat(file.propertyNames()).containsExactly("name", "id");
        assertThat(file.get("name").asString()).isEqualTo("first.csv");
        assertThat(file.get("id").asString()).isEqualTo(created.at("/file_ids/0").asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|n|i|u|.userName was not provided",
                "a|''|i|u|.name was not provided",
                "a|n|''|u|.instructions were note provided",
                "a|n|i|''|.fileURLs missing. No files were provided",
                "''|''|''|''|.userName was not provided"
            })
    void case4_emptyValuesAreNamedInOrder(
            String user, String name, String instructions, String url, String text)
            throws Exception {
        HttpResponse<String> refused =
                api.create(user, name, instructions, url.isEmpty() ? List.of() : List.of(url));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("{\"detail\":\"" + text + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"userName\":\"a\",\"name\":\"n\",\"instructions\":\"i\"}"
                        + "|missing|[\"body\",\"fileURLs\"]",
                "{\"userName\":\"a\",\"name\":\"n\",\"instructions\":\"i\",\"fileURLs\":null}"
                        + "|list_type|[\"body\",\"fileURLs\"]",
                "{\"userName\":\"a\",\"name\":\"n\",\"instructions\":\"i\",\"fileURLs\":[\"u\",1]}"
                        + "|string_type|[\"body\",\"fileURLs\",1]",
                "{\"userName\":1,\"name\":\"n\",\"instructions\":\"i\",\"fileURLs\":[\"u\"]}"
                        + "|string_type|[\"body\",\"userName\"]",
                "{|json_invalid|[\"body\",1]"
            })
    void case5_aWrongShapeIsAListOfMistakes(String body, String type, String place)
            throws Exception {
        HttpResponse<String> refused = api.http().post("/api/create", body);

        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode detail = ChatApi.json(refused).get("detail");
        assertThat(detail).hasSize(1);
        assertThat(detail.get(0).get("type").asString()).isEqualTo(type);
        assertThat(detail.get(0).get("loc")).isEqualTo(JSON.readTree(place));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@/missing.csv",
                "@/broken.csv",
                "@/redirect",
                "@/large.csv",
                "file:///etc/hosts",
                "http://127.0.0.1/x",
                "http://[::1]/x",
                "http://169.254.169.254/latest/meta-data/",
                "http://2130706433/",
                "gopher://example.com/",
                "not an address"
            })
    void case6_anUnreadableFileIsRefusedAndNothingStored(String written) throws Exception {
        String url = written.replace("@", host.url(""));

        HttpResponse<String> refused = api.create("six@b.c", url);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"detail\":\"Unable to read file from url: " + url + "\"}");
        assertThat(api.status("six@b.c").statusCode()).isEqualTo(404);
    }

    @Test
    void case7_ofTwoFilesNoneRemainsIfOneFails() throws Exception {
        List<Path> before = files();

        HttpResponse<String> refused =
                api.create("seven@b.c", host.url("/good.csv"), host.url("/missing.csv"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Unable to read file from url: " + host.url("/missing"));
        assertThat(api.status("seven@b.c").statusCode()).isEqualTo(404);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void case7_aFailedCreationLeavesTheAssistantOfBefore() throws Exception {
        api.create("seven2@b.c", host.url("/good.csv"));
        String before = api.status("seven2@b.c").body();

        assertThat(api.create("seven2@b.c", host.url("/broken")).statusCode()).isEqualTo(400);

        assertThat(api.status("seven2@b.c").body()).isEqualTo(before);
    }

    @Test
    void case8_processAnswersWithPromptAndText() throws Exception {
        api.create("eight@b.c", host.url("/a.csv"));
        model.onTag("case eight", Turn.text("Twelve ", "turbines."));

        HttpResponse<String> answer = api.process("eight@b.c", "case eight: how many?");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "[{\"role\":\"user\",\"content\":\"case eight: how"
                                + " many?\",\"imageContent\":null},"
                                + "{\"role\":\"assistant\",\"content\":\"Twelve"
                                + " turbines.\",\"imageContent\":null}]");
    }

    @Test
    void case9_theSecondAnswerStartsAtItsPromptAndTheModelSeesTheFirst() throws Exception {
        api.create("nine@b.c", host.url("/a.csv"));
        model.onTag("case nine", Turn.text("First answer."), Turn.text("Second answer."));

        api.process("nine@b.c", "case nine, one");
        JsonNode second = ChatApi.json(api.process("nine@b.c", "case nine, two"));

        assertThat(second).hasSize(2);
        assertThat(second.get(0).get("content").asString()).isEqualTo("case nine, two");
        assertThat(second.get(1).get("content").asString()).isEqualTo("Second answer.");
        assertThat(requests("case nine").getLast().body().get("messages").toString())
                .contains("case nine, one", "First answer.");
    }

    @Test
    void case10_theDateIsAddedToTheUsersInstructions() throws Exception {
        api.create("ten@b.c", "Energy", "Speak like a pirate.", List.of(host.url("/a.csv")));
        model.onTag("case ten", Turn.text("Arr."));

        api.process("ten@b.c", "case ten");

        JsonNode system = requests("case ten").getFirst().body().at("/messages/0");
        assertThat(system.get("role").asString()).isEqualTo("system");
        assertThat(system.get("content").asString())
                .startsWith("Speak like a pirate.")
                .containsPattern(
                        "The current date and time is:"
                                + " \\d\\d/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d\\.");
    }

    @Test
    void case12_thePriceIsAskedForOnceAndReachesTheModelAsText() throws Exception {
        api.create("twelve@b.c", host.url("/a.csv"));
        model.onTag(
                "case twelve",
                Turn.of(call("c1", "get_stock_price", "{\"symbol\":\"MSFT\"}")),
                Turn.text("It is 187.44."));

        JsonNode answer = ChatApi.json(api.process("twelve@b.c", "case twelve"));

        assertThat(answer.get(1).get("content").asString()).isEqualTo("It is 187.44.");
        assertThat(host.asked().stream().filter("/price/MSFT"::equals)).hasSize(1);
        RecordedRequest second = requests("case twelve").getLast();
        assertThat(second.lastRole()).isEqualTo("tool");
        assertThat(second.body().at("/messages").get(3).get("content").isString())
                .isTrue();
        assertThat(second.lastText()).isEqualTo("187.44");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|{}|Error: Function 'nonsense' not available (correlation_id: ",
                "get_stock_price|{}|Error: Invalid arguments for function 'get_stock_price': Missing"
                        + " required arguments: symbol (correlation_id: ",
                "get_stock_price|{|Error: Invalid JSON arguments: ",
                "fails|{}|Error: Function 'fails' execution failed: not today (correlation_id: ",
                "hoard|{}|Error: Function 'hoard' execution failed: the file cannot be kept: a file"
                        + " may have 10485760 bytes but has 11534336 (correlation_id: "
            })
    void case14_aBadCallIsToldToTheModel(String name, String arguments, String text)
            throws Exception {
        api.create("fourteen@b.c", host.url("/a.csv"));
        String tag = "case fourteen " + name + arguments;
        model.onTag(tag, Turn.of(call("c1", name, arguments)), Turn.text("I see."));

        HttpResponse<String> answer = api.process("fourteen@b.c", tag);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ChatApi.json(answer).get(1).get("content").asString()).isEqualTo("I see.");
        assertThat(requests(tag).getLast().lastText()).startsWith(text);
    }

    @Test
    void case16_anIncompleteRunWithTextIsAnswered() throws Exception {
        api.create("sixteen@b.c", host.url("/a.csv"));
        model.onTag("case sixteen", Turn.text("Half an ans").finishReason("length"));

        HttpResponse<String> answer = api.process("sixteen@b.c", "case sixteen");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ChatApi.json(answer).get(1).get("content").asString()).isEqualTo("Half an ans");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|p|400|No user name name was provided. User name is required.",
                "x|''|400|No prompt was provided. Prompt is required.",
                "''|''|400|No user name name was provided. User name is required.",
                "x|p|404|Assistant not found for user x"
            })
    void case17_emptyValuesAndUnknownUsersAreRefused(
            String user, String prompt, int status, String text) throws Exception {
        HttpResponse<String> refused = api.process(user, prompt);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).isEqualTo("{\"detail\":\"" + text + "\"}");
    }

    private static List<RecordedRequest> requests(String tag) {
        return model.requests().stream().filter(it -> it.lastUserText().contains(tag)).toList();
    }

    private static List<Path> files() {
        Path root = service.dataDir().resolve("files");
        if (Files.notExists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
