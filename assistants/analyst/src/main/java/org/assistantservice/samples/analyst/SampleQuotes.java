package org.assistantservice.samples.analyst;

import java.util.Map;
import org.assistantservice.actions.ActionException;

/// A few prices that are nobody's, so that the sample works without a network.
final class SampleQuotes implements Quotes {
    private static final Map<String, String> PRICES =
            Map.of("MSFT", "187.44", "AAPL", "203.10", "GOOG", "164.75", "AMZN", "171.02");

    @Override
    public String price(String symbol) {
        String price = PRICES.get(symbol);
        if (price == null) {
            throw new ActionException(
                    "there is no sample price for %s, only for %s; set QUOTE_URL for real ones"
                            .formatted(symbol, PRICES.keySet().stream().sorted().toList()));
        }
        return price + " (a sample, not a real price: QUOTE_URL is not set)";
    }
}
