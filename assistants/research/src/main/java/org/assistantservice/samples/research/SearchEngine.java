package org.assistantservice.samples.research;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.fetch.FetchRequest;
import org.assistantservice.fetch.FetchResult;
import org.assistantservice.fetch.FetchRules;
import org.assistantservice.fetch.SafeFetch;
import tools.jackson.databind.json.JsonMapper;

/// Asks a search engine over HTTP. The engine's address comes from the settings, so it may lie in
/// the own network; it is the only address there that this fetches from. Thread-safe.
final class SearchEngine implements AutoCloseable {
    private final SafeFetch fetch;
    private final String url;
    private final Map<String, String> headers;
    private final SearchDialect dialect;

    private SearchEngine(
            SafeFetch fetch, String url, Map<String, String> headers, SearchDialect dialect) {
        this.fetch = fetch;
        this.url = url;
        this.headers = headers;
        this.dialect = dialect;
    }

    /// `search_engine` is `searxng`, `brave` or `html`; `search_url` the address that is asked;
    /// `search_key` Brave's key.
    ///
    /// @throws IllegalArgumentException if a setting is missing or wrong
    static SearchEngine of(ActionSettings settings, JsonMapper json) {
        String url = settings.text("search_url");
        String origin = origin(url);
        SearchDialect dialect = dialect(settings, json);
        Map<String, String> headers =
                switch (dialect) {
                    case Brave _ ->
                            Map.of("X-Subscription-Token", settings.secret("search_key").reveal());
                    case Searxng _, HtmlPage _ -> Map.of();
                };
        SafeFetch fetch = SafeFetch.by(FetchRules.DEFAULT.withAllowed(Set.of(origin)));
        return new SearchEngine(fetch, url, headers, dialect);
    }

    private static SearchDialect dialect(ActionSettings settings, JsonMapper json) {
        String engine = settings.text("search_engine");
        return switch (engine) {
            case "searxng" -> new Searxng(json);
            case "brave" -> new Brave(json);
            case "html" -> HtmlPage.of(settings);
            default ->
                    throw new IllegalArgumentException(
                            "search_engine must be searxng, brave or html but is '%s'"
                                    .formatted(engine));
        };
    }

    /// @throws ActionException if the engine cannot be asked
    List<SearchHit> search(String query, int most) throws InterruptedException {
        String asked =
                url
                        + (url.contains("?") ? "&" : "?")
                        + "q="
                        + URLEncoder.encode(query, StandardCharsets.UTF_8)
                        + dialect.parameters(most);
        FetchResult result =
                Attempts.fetch(fetch, new FetchRequest(asked, headers, dialect.types()));
        return switch (result) {
            case FetchResult.Fetched answer -> dialect.hits(answer).stream().limit(most).toList();
            case FetchResult.Failure failure ->
                    throw new ActionException(
                            "The search engine cannot be asked: " + failure.message());
        };
    }

    @Override
    public void close() {
        fetch.close();
    }

    private static String origin(String url) {
        try {
            URI uri = URI.create(url);
            boolean isHttps = "https".equals(uri.getScheme());
            if (uri.getHost() != null && (isHttps || "http".equals(uri.getScheme()))) {
                int port = uri.getPort() >= 0 ? uri.getPort() : isHttps ? 443 : 80;
                return uri.getHost() + ":" + port;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(mistake(url), e);
        }
        throw new IllegalArgumentException(mistake(url));
    }

    private static String mistake(String url) {
        return "search_url must be an http or https address but is '%s'".formatted(url);
    }
}
