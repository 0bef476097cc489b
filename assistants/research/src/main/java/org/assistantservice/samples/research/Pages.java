package org.assistantservice.samples.research;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.fetch.FetchRequest;
import org.assistantservice.fetch.FetchResult;
import org.assistantservice.fetch.FetchRules;
import org.assistantservice.fetch.SafeFetch;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/// Reads pages of the public internet. A page is whole in memory until its text is found, so that
/// few are at once, whoever asks. Thread-safe.
final class Pages implements AutoCloseable {
    private static final int FORBIDDEN = 403;
    private static final int SUMMARY = 5000;

    /// Of all pages together: what an action may return, in any script.
    private static final int LONGEST = 60_000;

    /// How much of a page's source is parsed, in characters: its tree is many times as large.
    private static final int PARSED = 512 * 1024;

    /// Pages in memory at the same time.
    private static final int AT_ONCE = 4;

    /// How long a page waits for its turn: so long that the last of one call's pages are begun
    /// though all others took their whole time, and that they still end within the action's.
    private static final Duration PATIENCE = Duration.ofSeconds(24);

    /// Trees in memory at the same time.
    private static final int PARSED_AT_ONCE = 2;

    private final SafeFetch fetch;
    private final Duration patience;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final Semaphore parsing = new Semaphore(PARSED_AT_ONCE);

    /// @param patience how long a page waits for its turn
    Pages(SafeFetch fetch, Duration patience) {
        this.fetch = fetch;
        this.patience = patience;
    }

    /// `allowed_hosts` names hosts of the own network that may be read all the same, e.g.
    /// `wiki.internal:443, docs.internal:8080`.
    static Pages of(ActionSettings settings) {
        List<String> allowed =
                Stream.of(settings.text("allowed_hosts", "").split(",", -1))
                        .map(String::strip)
                        .filter(it -> !it.isEmpty())
                        .toList();
        return new Pages(SafeFetch.by(FetchRules.DEFAULT.withAllowed(allowed)), PATIENCE);
    }

    /// All pages, in the order of their addresses.
    List<PageText> read(List<String> urls, boolean isSummary) throws InterruptedException {
        int most = isSummary ? SUMMARY : LONGEST / urls.size();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PageText>> reading = new ArrayList<>();
            for (String url : urls) {
                reading.add(threads.submit(() -> inTurn(url, most)));
            }
            List<PageText> read = new ArrayList<>();
            try {
                for (Future<PageText> one : reading) {
                    read.add(one.get());
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("A page could not be read", e.getCause());
            } finally {
                reading.forEach(it -> it.cancel(true));
            }
            return read;
        }
    }

    @Override
    public void close() {
        fetch.close();
    }

    private PageText inTurn(String url, int most) throws InterruptedException {
        if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return PageText.failed(url, "Too many pages are being read at the moment");
        }
        try {
            return read(url, most);
        } finally {
            turns.release();
        }
    }

    private PageText read(String url, int most) throws InterruptedException {
        return switch (Attempts.fetch(fetch, FetchRequest.page(url))) {
            case FetchResult.Fetched page -> PageText.of(url, cut(text(page), most));
            case FetchResult.Unsuccessful(var status) when status == FORBIDDEN ->
                    PageText.failed(
                            url,
                            "Access forbidden (status 403). The site may be blocking parsing.");
            case FetchResult.Unsuccessful(var status) ->
                    PageText.failed(url, "Error loading page. Status code: " + status);
            case FetchResult.Failure failure -> PageText.failed(url, failure.message());
        };
    }

    private String text(FetchResult.Fetched page) throws InterruptedException {
        if (!page.type().contains("html")) {
            return page.text();
        }
        parsing.acquire();
        try {
            String source = page.text();
            Document document = Jsoup.parse(source.substring(0, Math.min(source.length(), PARSED)));
            document.select("script, style, noscript, template, svg").remove();
            return document.body().text();
        } finally {
            parsing.release();
        }
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
