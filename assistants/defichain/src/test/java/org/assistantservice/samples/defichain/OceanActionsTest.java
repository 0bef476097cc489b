package org.assistantservice.samples.defichain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.assistantservice.actions.testkit.ActionKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The look-ups against a server on this machine that stands for an Ocean.
class OceanActionsTest {
    private static final String HASH = "ab".repeat(32);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ActionKit kit;
    private volatile Answer answer = new Answer(200, "application/json", "{\"data\":1}");

    private record Answer(int status, String type, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        kit = ActionKit.of(OceanActions.class).withSettings(settings("/v0/mainnet/"));
    }

    @AfterEach
    void stop() {
        kit.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "get_stats|{}|/v0/mainnet/stats",
                "get_block|{\"block\":\"1000\"}|/v0/mainnet/blocks/1000",
                "get_block|{\"block\":\" HASH \"}|/v0/mainnet/blocks/HASH",
                "get_transaction|{\"id\":\"HASH\"}|/v0/mainnet/transactions/HASH",
                "get_token|{\"token\":\"DFI\"}|/v0/mainnet/tokens/DFI",
                "get_price|{\"token\":\"DFI\",\"currency\":\"USD\"}|/v0/mainnet/prices/DFI-USD",
                "get_address_balance|{\"address\":\"8addressaddressaddress\"}"
                        + "|/v0/mainnet/address/8addressaddressaddress/balance",
                "get_address_tokens|{\"address\":\"8addressaddressaddress\"}"
                        + "|/v0/mainnet/address/8addressaddressaddress/tokens"
            })
    void aLookUpAsksItsPathAndGivesTheAnswerAsItIs(String action, String arguments, String path) {
        assertThat(kit.call(action, arguments.replace("HASH", HASH)).output())
                .isEqualTo("{\"data\":1}");

        assertThat(asked).containsExactly(path.replace("HASH", HASH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "get_block|{\"block\":\"../stats\"}|block must be a height or 64 hex digits",
                "get_block|{\"block\":\"\"}|block must be a height or 64 hex digits",
                "get_transaction|{\"id\":\"x\"}|id must be 64 hex digits",
                "get_token|{\"token\":\"a/b\"}|token must be a number or symbol",
                "get_price|{\"token\":\"DFI\",\"currency\":\"$\"}"
                        + "|currency must be a currency such as USD",
                "get_address_balance|{\"address\":\"?\"}|address must be an address"
            })
    void whatCannotBeMeantIsNotAsked(String action, String arguments, String reason) {
        assertThat(kit.call(action, arguments).output()).startsWith(failure(action, reason));

        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "404, application/json, The Ocean knows nothing by this name",
        "500, application/json, The Ocean answered with status 500",
        "302, application/json, The Ocean answered with status 302",
        "200, text/html, The Ocean did not answer with JSON"
    })
    void otherAnswersAreToldInWords(int status, String type, String reason) {
        answer = new Answer(status, type, "{}");

        assertThat(kit.call("get_stats", "{}").output()).startsWith(failure("get_stats", reason));
    }

    @Test
    void anAnswerHasALength() {
        answer = new Answer(200, "application/json", "\"" + "x".repeat(20_000) + "\"");

        assertThat(kit.call("get_stats", "{}").output())
                .startsWith(failure("get_stats", "The Ocean's answer is longer than 20000 bytes"));
    }

    @Test
    void anOceanThatIsNotThereIsSaid() {
        server.stop(0);

        assertThat(kit.call("get_stats", "{}").output())
                .startsWith(failure("get_stats", "The Ocean cannot be reached"));
    }

    @Test
    void nothingRunsOnAfterThePackIsClosed() throws Exception {
        Set<Thread> before = selectors();
        kit.call("get_stats", "{}");
        Set<Thread> its = selectors();
        its.removeAll(before);
        assertThat(its).isNotEmpty();

        kit.close();

        for (Thread thread : its) {
            assertThat(thread.join(Duration.ofSeconds(10))).as(thread.getName()).isTrue();
        }
    }

    /// The threads of HTTP clients.
    private static Set<Thread> selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.getName().endsWith("SelectorManager"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void itsSentencesAreTheOldOnes() {
        assertThat(kit.definition("get_block").notice())
                .isEqualTo("Let me gather some information out of the Ocean for you: Get Block 🌊");
    }

    private static String failure(String action, String reason) {
        return "Error: Function '%s' execution failed: %s (".formatted(action, reason);
    }

    private String settings(String path) {
        return "{\"ocean_url\":\"http://127.0.0.1:%d%s\"}"
                .formatted(server.getAddress().getPort(), path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().putAll(Map.of("Content-Type", List.of(answer.type())));
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
