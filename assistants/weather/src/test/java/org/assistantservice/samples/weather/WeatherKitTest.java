package org.assistantservice.samples.weather;

import static org.assertj.core.api.Assertions.assertThat;

import org.assistantservice.actions.testkit.ActionKit;
import org.assistantservice.dispatch.ActionOutcome.Failed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WeatherKitTest {
    @RegisterExtension final ActionKit kit = ActionKit.of(WeatherActions.class);

    @Test
    void theModelGetsTheWeatherAsJson() {
        assertThat(kit.call("get_weather", "{\"location\":\"Lisbon\"}").output())
                .startsWith("{\"summary\":\"Lisbon, Portugal: ")
                .contains("\"unit\":\"CELSIUS\"");
    }

    @Test
    void theUnitIsOneOfTwo() {
        assertThat(kit.call("get_weather", "{\"location\":\"Oslo\",\"unit\":\"FAHRENHEIT\"}"))
                .extracting(it -> it.output().contains("\"unit\":\"FAHRENHEIT\""))
                .isEqualTo(true);
        assertThat(kit.call("get_weather", "{\"location\":\"Oslo\",\"unit\":\"KELVIN\"}"))
                .isInstanceOf(Failed.class);
    }

    @Test
    void aForecastHasADayForEachDay() {
        assertThat(kit.call("get_forecast", "{\"location\":\"Oslo\",\"days\":2}").output())
                .containsPattern("\"days\":\\[\\{\"date\":\"\\d{4}-\\d\\d-\\d\\d\",\"sky\":");
    }

    @Test
    void tooManyDaysAreRefusedInWordsForTheModel() {
        assertThat(kit.call("get_forecast", "{\"location\":\"Oslo\",\"days\":30}").output())
                .startsWith(
                        "Error: Function 'get_forecast' execution failed: days must be 1 to 7 but"
                                + " was 30 (correlation_id: ");
    }

    @Test
    void bothSchemasAreStrict() {
        assertThat(kit.definition("get_weather").strict()).isTrue();
        assertThat(kit.definition("get_forecast").strict()).isTrue();
        assertThat(kit.definition("get_weather").notice()).isEqualTo("Checking the weather");
    }
}
