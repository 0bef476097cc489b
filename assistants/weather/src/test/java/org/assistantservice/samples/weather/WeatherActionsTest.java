package org.assistantservice.samples.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.assistantservice.actions.ActionException;
import org.assistantservice.samples.weather.Forecast.Day;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeatherActionsTest {
    private static final Clock MIDSUMMER =
            Clock.fixed(Instant.parse("2026-06-21T10:00:00Z"), ZoneOffset.UTC);

    private final WeatherActions actions = new WeatherActions(MIDSUMMER);

    @Test
    void theSamePlaceHasTheSameWeatherOnTheSameDay() {
        Weather first = actions.current("Lisbon", null);

        assertThat(first).isEqualTo(new WeatherActions(MIDSUMMER).current("Lisbon", Unit.CELSIUS));
        assertThat(first.place()).isEqualTo("Lisbon, Portugal");
        assertThat(first.date()).isEqualTo(LocalDate.parse("2026-06-21"));
        assertThat(first.temperature()).isBetween(15.0, 30.0);
        assertThat(first.summary()).startsWith("Lisbon, Portugal: " + first.temperature() + " °C");
        assertThat(first.source())
                .isEqualTo("Built-in climate table of this sample; not a measurement.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zürich", "zurich", " ZURICH ", "Zurich, CH"})
    void aCityIsFoundWhateverItsCaseAccentsAndCountry(String location) {
        assertThat(actions.current(location, null).place()).isEqualTo("Zurich, Switzerland");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NYC", "new york city", "New York"})
    void aCityIsFoundByItsOtherNames(String location) {
        assertThat(actions.current(location, null).place()).isEqualTo("New York, United States");
    }

    @Test
    void anUnknownPlaceHasMadeUpWeatherThatSaysSo() {
        Weather weather = actions.current("Atlantis", null);

        assertThat(weather).isEqualTo(actions.current("Atlantis", null));
        assertThat(weather.source())
                .isEqualTo(
                        "No place named Atlantis is in the table of this sample: the values are"
                                + " made up.");
    }

    @Test
    void fahrenheitIsTheSameTemperatureInAnotherUnit() {
        Weather celsius = actions.current("Tokyo", Unit.CELSIUS);
        Weather fahrenheit = actions.current("Tokyo", Unit.FAHRENHEIT);

        assertThat(fahrenheit.temperature())
                .isCloseTo(celsius.temperature() * 9 / 5 + 32, within(0.2));
        assertThat(fahrenheit.summary()).contains("°F");
    }

    @Test
    void theSouthIsColdInJuly() {
        assertThat(actions.current("Melbourne", null).temperature()).isLessThan(18);
    }

    @Test
    void aForecastHasTheDaysAskedForFromTomorrowOn() {
        Forecast forecast = actions.forecast("Oslo", 3, null);

        assertThat(forecast.days())
                .extracting(Day::date)
                .containsExactly(
                        LocalDate.parse("2026-06-22"),
                        LocalDate.parse("2026-06-23"),
                        LocalDate.parse("2026-06-24"));
        assertThat(forecast.days()).allSatisfy(day -> assertThat(day.low()).isLessThan(day.high()));
        assertThat(forecast.summary()).startsWith("Oslo, Norway: next 3 days, ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void aForecastOfTooFewOrTooManyDaysIsRefused(int days) {
        assertThatExceptionOfType(ActionException.class)
                .isThrownBy(() -> actions.forecast("Oslo", days, null))
                .withMessage("days must be 1 to 7 but was " + days);
    }

    @Test
    void aBlankLocationIsRefused() {
        assertThatExceptionOfType(ActionException.class)
                .isThrownBy(() -> actions.current(" ", null))
                .withMessage(
                        "location must be the name of a city, 1 to 100 characters, but was blank");
    }
}
