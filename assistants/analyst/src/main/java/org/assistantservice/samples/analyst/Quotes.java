package org.assistantservice.samples.analyst;

/// Closing prices. Thread-safe.
interface Quotes extends AutoCloseable {
    /// The latest one, as a text for the model.
    ///
    /// @param symbol upper case
    /// @throws org.assistantservice.actions.ActionException if there is none
    String price(String symbol) throws InterruptedException;

    @Override
    default void close() {}

    /// The source that the settings name.
    ///
    /// @param url with `{symbol}` in it; empty: sample prices
    /// @param path JSON Pointer to the price in what the address answers
    /// @throws IllegalArgumentException if one of them is wrong
    static Quotes of(String url, String path) {
        return url.isBlank() ? new SampleQuotes() : new HttpQuotes(url, path);
    }
}
