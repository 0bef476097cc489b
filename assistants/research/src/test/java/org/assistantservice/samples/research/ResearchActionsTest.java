package org.assistantservice.samples.research;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assistantservice.actions.testkit.ActionKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResearchActionsTest {
    private static final String NONE =
            "No search results found. The query might be too specific. Consider rephrasing the"
                    + " query or using more general terms.";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private String host;

    private record Answer(int status, String type, String body) {}

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        host = "127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().getFirst("X-Subscription-Token"));
        Answer answer =
                answers.getOrDefault(
                        exchange.getRequestURI().getPath(), new Answer(404, "text/plain", "none"));
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (answer.status() == 302) {
            exchange.getResponseHeaders().set("Location", answer.body());
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String call(String engine, String action, String arguments) {
        String settings =
                """
                {"search_engine":"%s","search_url":"http://%s/search","search_key":"${KEY}",\
                "allowed_hosts":" %s "}\
                """
                        .formatted(engine, host, host);
        try (ActionKit kit =
                ActionKit.of(ResearchActions.class)
                        .withEnvironment("KEY", "s3cret")
                        .withSettings(settings)) {
            return kit.call(action, arguments).output();
        }
    }

    @Test
    void ofALongPageTheBeginningIsParsed() {
        String half = "<b>".repeat(174_000);
        answers.put("/long", new Answer(200, "text/html", "first " + half + half + " last"));

        String output =
                call("searxng", "web_parse", "{\"urls\":[\"http://%s/long\"]}".formatted(host));

        assertThat(output).contains("first").doesNotContain("last");
    }

    @Test
    void aSearxngIsAskedForJson() {
        answers.put(
                "/search",
                new Answer(
                        200,
                        "application/json",
                        """
                        {"results":[{"title":"Tea","url":"https://tea.example/","content":"Hot."},
                        {"title":"No address"},{"title":"More","url":"https://more.example/"}]}
                        """));

        String output = call("searxng", "web_search", "{\"query\":\" green tea \"}");

        assertThat(output)
                .isEqualTo(
                        """
                        {"search_results":[{"title":"Tea","link":"https://tea.example/",\
                        "snippet":"Hot."},{"title":"More","link":"https://more.example/",\
                        "snippet":""}]}\
                        """);
        assertThat(requests).containsExactly("/search?q=green+tea&format=json null");
    }

    @Test
    void braveIsAskedWithItsKey() {
        answers.put(
                "/search",
                new Answer(
                        200,
                        "application/json; charset=utf-8",
                        """
                        {"web":{"results":[{"title":"A","url":"https://a.example/",\
                        "description":"a"},{"title":"B","url":"https://b.example/"}]}}\
                        """));

        String output = call("brave", "web_search", "{\"query\":\"tea\",\"num_results\":1}");

        assertThat(output)
                .isEqualTo(
                        """
                        {"search_results":[{"title":"A","link":"https://a.example/",\
                        "snippet":"a"}]}\
                        """);
        assertThat(requests).containsExactly("/search?q=tea&count=1 s3cret");
    }

    @Test
    void aPageOfResultsIsRead() {
        answers.put(
                "/search",
                new Answer(
                        200,
                        "text/html",
                        """
                        <div class="result result--ad"><a class="result__a" href="https://ad/">Ad</a></div>
                        <div class="result"><a class="result__a"
                          href="//duckduckgo.com/l/?uddg=https%3A%2F%2Ftea.example%2F%3Fa%3D1&amp;rut=x">Green
                          <b>tea</b></a><a class="result__snippet">It is <b>hot</b>.</a></div>
                        <div class="result"><a class="result__a" href="/own">Own</a></div>
                        <div class="result">no link</div>
                        """));

        assertThat(call("html", "web_search", "{\"query\":\"tea\"}"))
                .isEqualTo(
                        """
                        {"search_results":[{"title":"Green tea","link":"https://tea.example/?a=1",\
                        "snippet":"It is hot."},{"title":"Own","link":"http://%s/own",\
                        "snippet":""}]}\
                        """
                                .formatted(host));
    }

    @Test
    void aBadlyEscapedLinkOfAPageOfResultsIsGivenAsItIs() {
        answers.put(
                "/search",
                new Answer(
                        200,
                        "text/html",
                        """
                        <div class="result"><a class="result__a"
                          href="https://duckduckgo.com/l/?uddg=%zz">Bad</a></div>
                        <div class="result"><a class="result__a" href="/own">Own</a></div>
                        """));

        assertThat(call("html", "web_search", "{\"query\":\"tea\"}"))
                .isEqualTo(
                        """
                        {"search_results":[{"title":"Bad",\
                        "link":"https://duckduckgo.com/l/?uddg=%%zz","snippet":""},\
                        {"title":"Own","link":"http://%s/own","snippet":""}]}\
                        """
                                .formatted(host));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "searxng|application/json|{\"results\":[]}",
                "searxng|application/json|{}",
                "brave|application/json|{\"web\":{}}",
                "html|text/html|<p>Nothing</p>"
            })
    void aSearchThatFindsNothingSaysWhatToDo(String engine, String type, String body) {
        answers.put("/search", new Answer(200, type, body));

        assertThat(call(engine, "web_search", "{\"query\":\"tea\"}")).isEqualTo(NONE);
    }

    @Test
    void anEngineThatFailsIsAskedThreeTimesAndTold() {
        answers.put("/search", new Answer(503, "text/plain", "busy"));

        assertThat(call("searxng", "web_search", "{\"query\":\"tea\"}"))
                .startsWith(
                        "Error: Function 'web_search' execution failed: The search engine cannot be"
                                + " asked: The server answered with status 503 (correlation_id: ");
        assertThat(requests).hasSize(3);
    }

    @Test
    void pagesAreReadAsText() {
        answers.put(
                "/page",
                new Answer(
                        200,
                        "text/html",
                        "<title>T</title><script>x()</script><h1>Tea</h1><p>is&nbsp;hot</p>"));
        answers.put("/plain", new Answer(200, "text/plain", "plain"));
        answers.put("/forbidden", new Answer(403, "text/plain", "no"));
        answers.put("/image", new Answer(200, "image/png", "x"));
        String page = "http://" + host;

        String output =
                call(
                        "html",
                        "web_parse",
                        "{\"urls\":[\"%s/page\",\"%s/plain\",\"%s/forbidden\",\"%s/none\",\"%s/image\"]}"
                                .formatted(page, page, page, page, page));

        assertThat(output)
                .isEqualTo(
                        """
                        {"parsed_results":[{"url":"%s/page","content":"Tea is hot"},\
                        {"url":"%s/plain","content":"plain"},\
                        {"url":"%s/forbidden","error":"Access forbidden (status 403). The site may be blocking parsing."},\
                        {"url":"%s/none","error":"Error loading page. Status code: 404"},\
                        {"url":"%s/image","error":"The answer is of type 'image/png', which cannot be read"}]}\
                        """
                                .formatted(page, page, page, page, page));
    }

    @Test
    void aSummaryIsTheBeginning() {
        answers.put("/long", new Answer(200, "text/plain", "x".repeat(5001)));
        String url = "http://" + host + "/long";

        assertThat(
                        call(
                                "html",
                                "web_parse",
                                "{\"urls\":[\"%s\"],\"summarize\":true}".formatted(url)))
                .isEqualTo(
                        "{\"parsed_results\":[{\"url\":\"%s\",\"content\":\"%s...\"}]}"
                                .formatted(url, "x".repeat(5000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://169.254.169.254/",
                "file:///etc/hosts",
                "http://localhost:8000/",
                "http://[::1]/"
            })
    void nothingOfTheOwnNetworkIsRead(String url) {
        assertThat(call("html", "web_parse", "{\"urls\":[\"%s\"]}".formatted(url)))
                .startsWith("{\"parsed_results\":[{\"url\":\"%s\",\"error\":\"".formatted(url));
        assertThat(requests).isEmpty();
    }

    @Test
    void aRedirectIntoTheOwnNetworkIsNotFollowed() {
        answers.put("/away", new Answer(302, "text/plain", "http://169.254.169.254/latest"));
        String url = "http://" + host + "/away";

        assertThat(call("html", "web_parse", "{\"urls\":[\"%s\"]}".formatted(url)))
                .isEqualTo(
                        "{\"parsed_results\":[{\"url\":\"%s\",\"error\":\"Only addresses of the public internet can be fetched\"}]}"
                                .formatted(url));
    }

    @Test
    void theHostOfTheSearchEngineIsNotReadAsAPage() {
        String settings =
                "{\"search_engine\":\"searxng\",\"search_url\":\"http://%s/search\"}"
                        .formatted(host);
        try (ActionKit kit = ActionKit.of(ResearchActions.class).withSettings(settings)) {
            assertThat(
                            kit.call("web_parse", "{\"urls\":[\"http://%s/\"]}".formatted(host))
                                    .output())
                    .contains("\"error\":\"This port cannot be fetched from\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "2*(3+4)|Result of 2*(3+4) = 14",
                "math.sqrt(16)|Result of math.sqrt(16) = 4.0",
                "1/0|Error evaluating expression: division by zero. Use numbers, parentheses, + - *"
                        + " / // % ** and functions of math, e.g. math.sqrt(2)"
            })
    void anExpressionIsCalculated(String expression, String output) {
        assertThat(call("html", "math_eval", "{\"expression\":\"%s\"}".formatted(expression)))
                .isEqualTo(output);
    }

    @Test
    void theTimeIsTold() {
        assertThat(call("html", "get_current_datetime", "{}"))
                .matches("Current date and time: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    }
}
