package org.assistantservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.testing.ScriptedCall.call;

import java.nio.file.Path;
import java.util.List;
import org.assistantservice.blackbox.SocketIoClient.Heard;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Acceptance case 27 of JellyChat: an unmodified socket.io-client, over both transports and with
/// the upgrade from one to the other.
class JellySocketClientIT {
    private static final String DEFAULT = "{}";
    private static final String WEBSOCKET = "{\"transports\":[\"websocket\"]}";
    private static final String POLLING = "{\"transports\":[\"polling\"]}";

    @TempDir static Path folder;
    private static JellyService running;

    @BeforeAll
    static void startService() throws Exception {
        SocketIoClient.install();
        running = JellyService.in(folder);
    }

    @AfterAll
    static void stopService() throws Exception {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, WEBSOCKET, POLLING})
    void case27_aTurnWithAnAction(String options) throws Exception {
        running.model()
                .onTag(
                        "case 27 turn",
                        Turn.of(call("call_1", "defichain_wiki_knowledge", "{\"query\":\"x\"}")),
                        Turn.text("Good ", "morning 🪼"));

        List<Heard> heard =
                client().options(options)
                        .emit("user_message", "27", "case 27 turn", "wiki")
                        .until("final_message", 1);

        assertThat(heard.stream().map(Heard::toString))
                .contains("connect[true]")
                .doesNotContain("connect_error")
                .endsWith(
                        "tool_start[{\"tool_name\":\"%s\"}]".formatted(JellyPack.WIKI_SENTENCE),
                        "final_answer_token[{\"token\":\"Good \"}]",
                        "final_answer_token[{\"token\":\"morning 🪼\"}]",
                        "final_message[{\"message\":\"Good morning 🪼\"}]",
                        "disconnect[\"io client disconnect\"]");
        assertThat(running.api().rows("27")).contains("tool: " + JellyPack.WIKI_SENTENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {DEFAULT, WEBSOCKET, POLLING})
    void case27_whatIsMissingIsNamed(String options) throws Exception {
        List<Heard> heard =
                client().options(options)
                        .emit("user_message")
                        .emit("user_message", "27")
                        .until("error", 2);

        assertThat(heard.stream().filter(it -> it.event().equals("error")).map(Heard::toString))
                .containsExactly(
                        "error[{\"error\":\"'user_token' is required\"}]",
                        "error[{\"error\":\"'message' is required\"}]");
    }

    @Test
    void case27_defaultOptionsBeginWithPollingAndMoveToAWebSocket() throws Exception {
        List<Heard> heard = client().options(DEFAULT).until("upgrade", 1);

        assertThat(heard.stream().map(Heard::toString))
                .startsWith("open[\"polling\"]")
                .contains("connect[true]", "upgrade[\"websocket\"]");
    }

    @Test
    void anAcknowledgementIsAnsweredWithNothing() throws Exception {
        running.model().onTag("ack", Turn.text("Yes."));

        List<Heard> heard =
                client().options(WEBSOCKET)
                        .emit("user_message", "27", "ack", "ack")
                        .until("ack", 1);

        assertThat(heard.stream().map(Heard::toString)).contains("ack[]");
    }

    @Test
    void anotherNamespaceIsRefused() throws Exception {
        List<Heard> heard =
                new SocketIoClient(running.service(), "/other")
                        .options(WEBSOCKET)
                        .until("connect_error", 1);

        assertThat(heard.stream().map(Heard::toString))
                .contains("connect_error[\"Invalid namespace\"]");
    }

    private static SocketIoClient client() {
        return new SocketIoClient(running.service(), "");
    }
}
