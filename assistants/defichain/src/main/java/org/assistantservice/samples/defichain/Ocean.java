package org.assistantservice.samples.defichain;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.assistantservice.actions.ActionException;

/// One Ocean API. Answers are bounded in size and must be JSON; redirects are not followed. How
/// long a whole answer may take is the action's own timeout. Thread-safe; close it with its owner.
final class Ocean implements AutoCloseable {
    static final String MAINNET = "https://ocean.defichain.com/v0/mainnet";

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/?#@]+[^\\s?#]*");
    private static final Duration FIRST_BYTE = Duration.ofSeconds(15);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /// More would only fill the model's context.
    private static final int MAX_BYTES = 20_000;

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    private Ocean(String base) {
        this.base = base;
    }

    /// @throws IllegalArgumentException if the address is none
    static Ocean at(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "ocean_url must be an http or https address without query but is '%s'"
                            .formatted(address));
        }
        return new Ocean(address.replaceAll("/+$", ""));
    }

    /// The JSON at a path.
    ///
    /// @param path its parts, which need no escaping
    String get(String... path) throws IOException, InterruptedException {
        URI uri = URI.create(base + "/" + String.join("/", path));
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(FIRST_BYTE)
                        .header("Accept", "application/json")
                        .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                check(response);
                return text(body.readNBytes(MAX_BYTES + 1));
            }
        } catch (HttpTimeoutException e) {
            throw new ActionException("The Ocean did not answer in time", e);
        } catch (IOException e) {
            throw new ActionException("The Ocean cannot be reached", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static void check(HttpResponse<?> response) {
        if (response.statusCode() == NOT_FOUND) {
            throw new ActionException("The Ocean knows nothing by this name");
        }
        if (response.statusCode() != OK) {
            throw new ActionException(
                    "The Ocean answered with status %d".formatted(response.statusCode()));
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/json")) {
            throw new ActionException("The Ocean did not answer with JSON");
        }
    }

    private static String text(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new ActionException(
                    "The Ocean's answer is longer than %d bytes".formatted(MAX_BYTES));
        }
        return new String(body, StandardCharsets.UTF_8);
    }
}
