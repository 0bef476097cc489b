package org.assistantservice.samples.weather;

/// A unit of temperature.
public enum Unit {
    CELSIUS("°C"),
    FAHRENHEIT("°F");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    String symbol() {
        return symbol;
    }

    /// `celsius` in this unit, with one decimal.
    double of(double celsius) {
        double degrees =
                switch (this) {
                    case CELSIUS -> celsius;
                    case FAHRENHEIT -> celsius * 9 / 5 + 32;
                };
        return Math.round(degrees * 10) / 10.0;
    }
}
