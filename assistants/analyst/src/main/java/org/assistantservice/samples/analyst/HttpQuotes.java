package org.assistantservice.samples.analyst;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assistantservice.actions.ActionException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Prices from an address that answers with JSON.
final class HttpQuotes implements Quotes {
    private static final String SYMBOL = "{symbol}";
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int OK = 200;

    /// Before and after the point; some sources give all the digits of a double.
    private static final int MAX_DIGITS = 20;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /// Numbers keep their digits: 187.40 is not 187.4.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final String url;
    private final JsonPointer path;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    /// @throws IllegalArgumentException if the address lacks `{symbol}` or the path is none
    HttpQuotes(String url, String path) {
        if (!url.matches("https?://.+") || !url.contains(SYMBOL)) {
            throw new IllegalArgumentException(
                    "Setting 'quote_url' (QUOTE_URL) must be an http or https address with {symbol}");
        }
        this.url = url;
        this.path = JsonPointer.compile(path);
        URI.create(url.replace(SYMBOL, "MSFT"));
    }

    @Override
    public String price(String symbol) throws InterruptedException {
        JsonNode price = answer(symbol).at(path);
        if (!price.isNumber() && !(price.isString() && isNumber(price.stringValue()))) {
            throw new ActionException("there is no price for " + symbol);
        }
        String text = price.isNumber() ? plain(price.decimalValue()) : price.stringValue().strip();
        if (text.isEmpty()) {
            throw new ActionException("there is no price for " + symbol);
        }
        return text;
    }

    private JsonNode answer(String symbol) throws InterruptedException {
        String encoded = URLEncoder.encode(symbol, StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url.replace(SYMBOL, encoded)))
                        .timeout(LIMIT)
                        .header("Accept", "application/json")
                        .header("User-Agent", "assistant-service-analyst")
                        .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw new ActionException(
                            "the source of prices answered with status " + answer.statusCode());
                }
                return JSON.readTree(body.readNBytes(MAX_BYTES));
            }
        } catch (IOException e) {
            throw new ActionException("the source of prices did not answer", e);
        } catch (JacksonException e) {
            throw new ActionException("the source of prices answered with no JSON", e);
        }
    }

    /// Empty for what no price is: written out, a number such as 1e999999999 fills the memory.
    private static String plain(BigDecimal number) {
        long whole = (long) number.precision() - number.scale();
        return whole <= MAX_DIGITS && number.scale() <= MAX_DIGITS ? number.toPlainString() : "";
    }

    private static boolean isNumber(String text) {
        return text.strip().matches("[0-9]{1,12}(\\.[0-9]{1,8})?");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
