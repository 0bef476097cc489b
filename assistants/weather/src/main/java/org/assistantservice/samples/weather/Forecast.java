package org.assistantservice.samples.weather;

import java.time.LocalDate;
import java.util.List;

/// The weather of one place on the coming days.
///
/// @param summary one line, e.g. `Lisbon, Portugal: 3 days, 17.9 to 24.2 °C, rain on 1 of them`
/// @param days from tomorrow on
/// @param source where the values come from, which an honest answer mentions
public record Forecast(String summary, String place, Unit unit, List<Day> days, String source) {
    public Forecast {
        days = List.copyOf(days);
    }

    /// One day of a forecast.
    public record Day(LocalDate date, Sky sky, double low, double high) {}
}
