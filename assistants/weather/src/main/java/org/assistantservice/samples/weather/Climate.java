package org.assistantservice.samples.weather;

import java.time.LocalDate;
import java.util.Random;

/// What the weather of a place is usually like. The same place has the same weather on the same
/// day, whoever asks.
///
/// @param place e.g. `Lisbon, Portugal`
/// @param january mean temperature of January in °C
/// @param july mean temperature of July in °C
/// @param wetDaysPercent how many days of 100 see rain or snow
record Climate(String place, double january, double july, int wetDaysPercent, boolean isMadeUp) {
    private static final double WARMEST_DAY = 200;
    private static final int SPREAD = 4;

    /// A climate for a place that no table has: made up from its name, and always the same.
    static Climate madeUp(String place) {
        var random = new Random(place.hashCode());
        double winter = random.nextInt(-8, 18);
        return new Climate(
                place, winter, winter + random.nextInt(4, 20), random.nextInt(10, 50), true);
    }

    String source() {
        return isMadeUp
                ? "No place named %s is in the table of this sample: the values are made up."
                        .formatted(place)
                : "Built-in climate table of this sample; not a measurement.";
    }

    Conditions on(LocalDate date) {
        var random = new Random(31L * place.hashCode() + date.toEpochDay());
        double mean = seasonal(date) + random.nextDouble(-SPREAD, SPREAD);
        Sky sky = sky(random.nextInt(100), mean);
        return new Conditions(
                sky,
                mean,
                random.nextDouble(2, 6),
                (sky == Sky.RAIN || sky == Sky.SNOW ? 75 : 45) + random.nextInt(20),
                5 + random.nextInt(25));
    }

    private double seasonal(LocalDate date) {
        double angle = 2 * Math.PI * (date.getDayOfYear() - WARMEST_DAY) / 365;
        return (january + july) / 2 + (july - january) / 2 * Math.cos(angle);
    }

    private Sky sky(int percent, double mean) {
        if (percent < wetDaysPercent) {
            return mean < 0 ? Sky.SNOW : Sky.RAIN;
        }
        int dry = (percent - wetDaysPercent) * 3 / (100 - wetDaysPercent);
        return switch (dry) {
            case 0 -> Sky.CLOUDY;
            case 1 -> Sky.PARTLY_CLOUDY;
            default -> Sky.SUNNY;
        };
    }

    /// The weather of one day, in °C.
    ///
    /// @param mean temperature in the middle between the day's low and high
    /// @param swing from the mean to the high
    record Conditions(Sky sky, double mean, double swing, int humidityPercent, int windKmh) {}
}
