package org.assistantservice.samples.weather;

import java.time.LocalDate;

/// The weather of one place now.
///
/// @param summary one line, e.g. `Lisbon, Portugal: 21.5 °C, partly cloudy`
/// @param source where the values come from, which an honest answer mentions
public record Weather(
        String summary,
        String place,
        LocalDate date,
        Sky sky,
        double temperature,
        Unit unit,
        int humidityPercent,
        int windKmh,
        String source) {}
