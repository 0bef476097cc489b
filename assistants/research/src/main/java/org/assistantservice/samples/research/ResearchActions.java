package org.assistantservice.samples.research;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a research assistant can do. Thread-safe.
public final class ResearchActions implements AutoCloseable {
    private static final int DEFAULT_RESULTS = 10;
    private static final int MOST_RESULTS = 20;
    private static final int MOST_PAGES = 10;
    private static final String NOTHING_FOUND =
            "No search results found. The query might be too specific. Consider rephrasing the"
                    + " query or using more general terms.";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final JsonMapper json = JsonMapper.builder().build();
    private final Arithmetic arithmetic = new Arithmetic();
    private final SearchEngine engine;
    private final Pages pages;
    private final Clock clock;

    /// @throws IllegalArgumentException if a setting is wrong
    public ResearchActions(ActionSettings settings) {
        this.clock = Clock.system(zone(settings.text("time_zone", "UTC")));
        this.pages = Pages.of(settings);
        this.engine = SearchEngine.of(settings, json);
    }

    @Action(
            name = "web_search",
            description =
                    "Searches the web. Gives titles, links and short texts of the pages found.",
            effect = Effect.READ_ONLY,
            timeout = "35s",
            notice = "Searching the web")
    public String search(
            @Param("What to search for, a few words") String query,
            @Param(value = "How many results, 1 to 20; 10 unless given", required = false)
                    @Nullable Integer num_results)
            throws InterruptedException {
        int most = num_results == null ? DEFAULT_RESULTS : num_results;
        if (most < 1 || most > MOST_RESULTS) {
            throw new ActionException(
                    "num_results must be 1 to %d but was %d".formatted(MOST_RESULTS, most));
        }
        if (query.isBlank()) {
            throw new ActionException("query must not be blank");
        }
        List<SearchHit> hits = engine.search(query.strip(), most);
        return hits.isEmpty()
                ? NOTHING_FOUND
                : json.writeValueAsString(Map.of("search_results", hits));
    }

    @Action(
            name = "web_parse",
            description = "Reads web pages and gives their text.",
            effect = Effect.READ_ONLY,
            timeout = "35s",
            notice = "Reading web pages")
    public String parse(
            @Param("Addresses of the pages, each with http:// or https://; at most 10")
                    List<String> urls,
            @Param(
                            value = "Whether only the first 5000 characters of each page are given",
                            required = false)
                    @Nullable Boolean summarize)
            throws InterruptedException {
        if (urls.isEmpty() || urls.size() > MOST_PAGES) {
            throw new ActionException(
                    "urls must be 1 to %d but were %d".formatted(MOST_PAGES, urls.size()));
        }
        return json.writeValueAsString(
                Map.of("parsed_results", pages.read(urls, Boolean.TRUE.equals(summarize))));
    }

    @Action(
            name = "math_eval",
            description =
                    "Calculates an expression of numbers, parentheses, + - * / // % ** and"
                            + " functions such as math.sqrt(2), math.sin(math.pi).",
            effect = Effect.READ_ONLY,
            timeout = "5s",
            notice = "Calculating")
    public String calculate(@Param("The expression, e.g. 2*(3+4)") String expression) {
        try {
            return "Result of %s = %s".formatted(expression, arithmetic.value(expression));
        } catch (BadExpressionException e) {
            return "Error evaluating expression: %s. Use numbers, parentheses, + - * / // %% ** and functions of math, e.g. math.sqrt(2)"
                    .formatted(e.getMessage());
        }
    }

    @Action(
            name = "get_current_datetime",
            description = "The current date and time.",
            effect = Effect.READ_ONLY,
            timeout = "5s",
            notice = "Looking at the clock")
    public String now() {
        return "Current date and time: " + LocalDateTime.now(clock).format(TIME);
    }

    @Override
    public void close() {
        engine.close();
        pages.close();
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException(
                    "time_zone must be a zone such as Europe/Lisbon but is '%s'".formatted(name),
                    e);
        }
    }
}
