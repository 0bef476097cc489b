package org.assistantservice.samples.research;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.fetch.FetchResult.Fetched;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector.SelectorParseException;

/// A page of results in HTML, read by CSS selectors; those of DuckDuckGo's plain page unless the
/// settings say otherwise.
record HtmlPage(Evaluator result, Evaluator link, Evaluator snippet) implements SearchDialect {
    /// DuckDuckGo's links lead to itself and carry their target.
    private static final Pattern TARGET = Pattern.compile("[?&]uddg=([^&]+)");

    static HtmlPage of(ActionSettings settings) {
        return new HtmlPage(
                selector(settings, "result_selector", ".result:not(.result--ad)"),
                selector(settings, "link_selector", "a.result__a"),
                selector(settings, "snippet_selector", ".result__snippet"));
    }

    @Override
    public String parameters(int most) {
        return "";
    }

    @Override
    public Set<String> types() {
        return Set.of("text/html", "application/xhtml+xml");
    }

    @Override
    public List<SearchHit> hits(Fetched answer) {
        return Jsoup.parse(answer.text(), answer.uri().toString()).select(result).stream()
                .filter(it -> it.selectFirst(link) != null)
                .map(this::hit)
                .filter(it -> !it.link().isEmpty())
                .toList();
    }

    private SearchHit hit(Element found) {
        Element anchor = found.selectFirst(link);
        Element text = found.selectFirst(snippet);
        return new SearchHit(
                anchor == null ? "" : anchor.text(),
                anchor == null ? "" : target(anchor.absUrl("href")),
                text == null ? "" : text.text());
    }

    private static String target(String href) {
        Matcher carried = TARGET.matcher(href);
        try {
            return carried.find()
                    ? URLDecoder.decode(carried.group(1), StandardCharsets.UTF_8)
                    : href;
        } catch (IllegalArgumentException e) {
            // One link that is badly escaped is no reason to lose all others.
            return href;
        }
    }

    private static Evaluator selector(ActionSettings settings, String name, String fallback) {
        String written = settings.text(name, fallback);
        try {
            return QueryParser.parse(written);
        } catch (SelectorParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s must be a CSS selector but is '%s'".formatted(name, written), e);
        }
    }
}
