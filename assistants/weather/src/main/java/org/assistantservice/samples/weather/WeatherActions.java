package org.assistantservice.samples.weather;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;
import org.assistantservice.samples.weather.Climate.Conditions;
import org.assistantservice.samples.weather.Forecast.Day;
import org.jspecify.annotations.Nullable;

/// Weather look-ups without a network: plausible values from a small table of climates, the same
/// for the same place and day. Thread-safe.
public final class WeatherActions {
    private static final int MAX_DAYS = 7;
    private static final int MAX_NAME = 100;

    private final ClimateTable climates = ClimateTable.read();
    private final Clock clock;

    public WeatherActions() {
        this(Clock.systemUTC());
    }

    WeatherActions(Clock clock) {
        this.clock = clock;
    }

    @Action(
            name = "get_weather",
            description = "Current weather for a city: sky, temperature, humidity and wind.",
            effect = Effect.READ_ONLY,
            timeout = "10s",
            notice = "Checking the weather")
    public Weather current(
            @Param("City, e.g. Lisbon") String location,
            @Param(value = "Unit of the temperature; Celsius if absent", required = false)
                    @Nullable Unit unit) {
        Climate climate = climates.of(checked(location));
        Unit shown = unit == null ? Unit.CELSIUS : unit;
        LocalDate today = LocalDate.now(clock);
        Conditions now = climate.on(today);
        double temperature = shown.of(now.mean());
        return new Weather(
                "%s: %s %s, %s"
                        .formatted(climate.place(), temperature, shown.symbol(), now.sky().words()),
                climate.place(),
                today,
                now.sky(),
                temperature,
                shown,
                now.humidityPercent(),
                now.windKmh(),
                climate.source());
    }

    @Action(
            name = "get_forecast",
            description = "Weather forecast for a city for the coming days, from tomorrow on.",
            effect = Effect.READ_ONLY,
            timeout = "10s",
            notice = "Looking ahead")
    public Forecast forecast(
            @Param("City, e.g. Lisbon") String location,
            @Param("How many days, 1 to 7") int days,
            @Param(value = "Unit of the temperatures; Celsius if absent", required = false)
                    @Nullable Unit unit) {
        if (days < 1 || days > MAX_DAYS) {
            throw new ActionException("days must be 1 to %d but was %d".formatted(MAX_DAYS, days));
        }
        Climate climate = climates.of(checked(location));
        Unit shown = unit == null ? Unit.CELSIUS : unit;
        LocalDate today = LocalDate.now(clock);
        List<Day> coming =
                IntStream.rangeClosed(1, days)
                        .mapToObj(ahead -> day(climate, today.plusDays(ahead), shown))
                        .toList();
        return new Forecast(
                summary(climate, coming, shown), climate.place(), shown, coming, climate.source());
    }

    private static Day day(Climate climate, LocalDate date, Unit unit) {
        Conditions then = climate.on(date);
        return new Day(
                date,
                then.sky(),
                unit.of(then.mean() - then.swing()),
                unit.of(then.mean() + then.swing()));
    }

    private static String summary(Climate climate, List<Day> days, Unit unit) {
        double low = days.stream().mapToDouble(Day::low).min().orElseThrow();
        double high = days.stream().mapToDouble(Day::high).max().orElseThrow();
        long wet =
                days.stream().filter(day -> day.sky() == Sky.RAIN || day.sky() == Sky.SNOW).count();
        return "%s: next %d %s, %s to %s %s, %d with rain or snow"
                .formatted(
                        climate.place(),
                        days.size(),
                        days.size() == 1 ? "day" : "days",
                        low,
                        high,
                        unit.symbol(),
                        wet);
    }

    private static String checked(String location) {
        if (location.isBlank() || location.length() > MAX_NAME) {
            throw new ActionException(
                    "location must be the name of a city, 1 to %d characters, but was %s"
                            .formatted(
                                    MAX_NAME,
                                    location.isBlank()
                                            ? "blank"
                                            : location.length() + " characters"));
        }
        return location;
    }
}
