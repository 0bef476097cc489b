package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/// Acceptance cases 1, 2, 4 to 7, 20, 23 and 24 of the commander protocol.
class CommanderCreateIT {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir static Path folder;
    private static RunningCommander running;
    private static ScriptedModelServer model;
    private static FileHost host;
    private static CommanderApi api;
    private static String file;

    @BeforeAll
    static void startService() throws Exception {
        running = RunningCommander.prepare(folder);
        model = running.model();
        host = running.host();
        running.service().with("EMAIL_URI", host.url("/email")).start();
        api = running.api();
        file = running.file();
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
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
        assertThat(ChatApi.json(status))
                .allMatch(row -> row.get("username").asString().equals("two@b.c"));
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
        List<Path> before = running.files();

        HttpResponse<String> refused =
                api.create("seven@b.c", host.url("/good.csv"), host.url("/missing.csv"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("Unable to read file from url: " + host.url("/missing"));
        assertThat(api.status("seven@b.c").statusCode()).isEqualTo(404);
        assertThat(running.files()).isEqualTo(before);
    }

    @Test
    void case7_aFailedCreationLeavesTheAssistantOfBefore() throws Exception {
        api.create("seven2@b.c", host.url("/good.csv"));
        String before = api.status("seven2@b.c").body();

        assertThat(api.create("seven2@b.c", host.url("/broken")).statusCode()).isEqualTo(400);

        assertThat(api.status("seven2@b.c").body()).isEqualTo(before);
    }

    @Test
    void case20_creatingAgainReplacesAllOfBefore() throws Exception {
        JsonNode first = ChatApi.json(api.create("twenty@b.c", file, host.url("/b.csv")));
        JsonNode second = ChatApi.json(api.create("twenty@b.c", file));

        String old = first.get("thread_id").asString();
        String thread = second.get("thread_id").asString();
        assertThat(second.get("assistant_id")).isNotEqualTo(first.get("assistant_id"));
        assertThat(api.status("twenty@b.c").body())
                .contains(thread, second.at("/file_ids/0").asString())
                .doesNotContain(old, first.at("/file_ids/0").asString());
        assertThat(api.http().get("/v1/threads/" + old).statusCode()).isEqualTo(404);
        assertThat(running.files().stream().map(Path::toString))
                .noneMatch(it -> it.contains(old))
                .filteredOn(it -> it.contains(thread))
                .singleElement()
                .asString()
                .endsWith(second.at("/file_ids/0").asString());
        assertThat(ChatApi.json(api.http().get("/api/status")).valueStream())
                .filteredOn(row -> row.get("username").asString().equals("twenty@b.c"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "John.Doe+x@Example.com, john.doe+x@example.com",
        "John.Doe+x@Example.com, 'John.Doe x@Example.com'",
        "ä ö/ü?#%41, ä ö/ü?#A"
    })
    void case23_namesAreComparedExactly(String user, String another) throws Exception {
        model.onTag("hello", Turn.text("Hi."));
        assertThat(api.create(user, file).statusCode()).isEqualTo(200);

        assertThat(ChatApi.json(api.status(user)).get(0).get("username").asString())
                .isEqualTo(user);
        assertThat(api.status(another).statusCode()).isEqualTo(404);
        assertThat(api.process(another, "hello").statusCode()).isEqualTo(404);
        assertThat(api.process(user, "hello").statusCode()).isEqualTo(200);
        assertThat(api.deleteUser(another).statusCode()).isEqualTo(404);
        assertThat(api.deleteUser(user).body())
                .isEqualTo("{\"message\":\"Assistant deleted for user: " + user + "\"}");
    }

    @Test
    void case23_aPlusInAPathIsAPlus() throws Exception {
        for (String user : List.of("a+b@c.d", "a&b;c=d", "ab")) {
            api.create(user, file);

            assertThat(api.http().get("/api/status/" + user).statusCode()).isEqualTo(200);
            assertThat(api.delete("/api/delete/" + user).statusCode()).isEqualTo(200);
        }
    }
}
