package org.assistantservice.samples.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assistantservice.actions.Effect;
import org.assistantservice.actions.testkit.ActionKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StockPriceTest {
    private static final String FAILED = "Error: Function 'get_stock_price' execution failed: ";

    @RegisterExtension final ActionKit kit = ActionKit.of(AnalystActions.class);

    @ParameterizedTest
    @CsvSource({"187.44, 187.44", "187.40, 187.40", "187, 187", "'\"12.5\"', 12.5"})
    void thePriceIsTheNumberThatTheSourceSays(String written, String price) throws Exception {
        try (var source =
                FakeHttpServer.answering(200, "{\"a\":{\"b\":[%s]}}".formatted(written))) {
            kit.withSettings(settings(source.uri("/q?s={symbol}"), "/a/b/0"));

            assertThat(call("msft")).isEqualTo(price);
            assertThat(source.requests())
                    .containsExactly(new FakeHttpServer.Request("GET", "/q?s=MSFT", "null", ""));
        }
    }

    @Test
    void aSymbolIsEncoded() throws Exception {
        try (var source = FakeHttpServer.answering(200, "{\"a\":1}")) {
            kit.withSettings(settings(source.uri("/q/{symbol}"), "/a"));

            assertThat(call("^GSPC")).isEqualTo("1");
            assertThat(source.requests().getFirst().target()).isEqualTo("/q/%5EGSPC");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|{}|the source of prices answered with status 404",
                "302|{}|the source of prices answered with status 302",
                "200|<html>|the source of prices answered with no JSON",
                "200|{\"b\":1}|there is no price for MSFT",
                "200|{\"a\":\"none\"}|there is no price for MSFT",
                "200|{\"a\":1e999999999}|there is no price for MSFT",
                "200|{\"a\":0e-999999999}|there is no price for MSFT",
                "200|{\"a\":null}|there is no price for MSFT"
            })
    void whatIsNoPriceIsToldToTheModel(int status, String body, String reason) throws Exception {
        try (var source = FakeHttpServer.answering(status, body)) {
            kit.withSettings(settings(source.uri("/q/{symbol}"), "/a"));

            assertThat(call("MSFT")).startsWith(FAILED + reason + " (correlation_id: ");
        }
    }

    @Test
    void aSourceThatIsNotThereIsToldToTheModel() throws Exception {
        String gone;
        try (var source = FakeHttpServer.answering(200, "{}")) {
            gone = source.uri("/q/{symbol}");
        }
        kit.withSettings(settings(gone, "/a"));

        assertThat(call("MSFT"))
                .startsWith(FAILED + "the source of prices did not answer (correlation_id: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MS FT", "http://x", "ABCDEFGHIJKLMNOPQ", "../a"})
    void aSymbolIsOne(String symbol) {
        assertThat(call(symbol))
                .startsWith(
                        FAILED + "symbol must be a ticker symbol such as MSFT (correlation_id: ");
    }

    @Test
    void samplePricesSayThatTheyAre() {
        assertThat(call("MSFT"))
                .isEqualTo("187.44 (a sample, not a real price: QUOTE_URL is not set)");
        assertThat(call("TSLA"))
                .startsWith(
                        FAILED
                                + "there is no sample price for TSLA, only for [AAPL, AMZN, GOOG,"
                                + " MSFT]; set QUOTE_URL for real ones (correlation_id: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/{symbol}", "http://x/MSFT", "x"})
    void anAddressNamesThePlaceOfTheSymbol(String url) {
        assertThatThrownBy(() -> Quotes.of(url, "/a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Setting 'quote_url' (QUOTE_URL) must be an http or https address with"
                                + " {symbol}");
    }

    @Test
    void aLookUpMayBeRepeated() {
        assertThat(kit.definition("get_stock_price").effect()).isEqualTo(Effect.READ_ONLY);
        assertThat(kit.definition("get_stock_price").strict()).isTrue();
        assertThat(kit.definition("get_stock_price").description())
                .isEqualTo("Retrieve the latest closing price of a stock using its ticker symbol.");
    }

    private String call(String symbol) {
        return kit.call("get_stock_price", "{\"symbol\":\"%s\"}".formatted(symbol)).output();
    }

    private static String settings(String url, String path) {
        return "{\"quote_url\":\"%s\",\"quote_path\":\"%s\"}".formatted(url, path);
    }
}
