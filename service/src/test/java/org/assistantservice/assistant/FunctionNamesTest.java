package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assistantservice.assistant.RegistrationResult.Change;
import org.assistantservice.assistant.RegistrationResult.Refused;
import org.assistantservice.assistant.RegistrationResult.Registered;
import org.junit.jupiter.api.Test;

class FunctionNamesTest extends RegistrationFixture {
    @Test
    void aBareNameMeansTheOwnFolderFirst() {
        actions.become("maps.search", "web.search");

        assertThat(registered(config("A", "search"), "web").assistant().functions())
                .containsExactly(function("web", "search"));
    }

    @Test
    void aBareNameThatSeveralPacksHaveIsRefusedWithTheChoices() {
        actions.become("maps.search", "web.search");

        RegistrationResult result = registration.register(config("A", "search"), "weather");

        assertThat(problems(result))
                .containsExactly(
                        "/function_names/0: 'search' is ambiguous; write one of maps.search,"
                                + " web.search");
        assertThat(registered(config("A", "maps.search"), "weather").assistant().functions())
                .containsExactly(function("maps", "search"));
    }

    @Test
    void aPackDroppedLaterChangesNothing() {
        actions.become("maps.search");
        registered(config("A", "search"), null);
        actions.become("maps.search", "aa.search");

        Registered again = registered(config("A", "search"), null);

        assertThat(again.change()).isEqualTo(Change.UNCHANGED);
        assertThat(again.assistant().functions()).containsExactly(function("maps", "search"));
    }

    @Test
    void unknownNamesAreRefusedAllAtOnceWithTheNearestOne() {
        AssistantConfig config =
                new AssistantConfig(
                        "",
                        "Weather",
                        "Hello!",
                        "Help.",
                        "",
                        List.of("get_wether", "maps.find_plaice", "zzzzzzzzzz"),
                        "weathr",
                        List.of(),
                        "{}",
                        BusyPolicy.ENQUEUE);

        RegistrationResult result = registration.register(config, null);

        assertThat(problems(result))
                .containsExactly(
                        "/function_names/0: unknown action 'get_wether'; did you mean"
                                + " 'get_weather'?",
                        "/function_names/1: unknown action 'maps.find_plaice'; did you mean"
                                + " 'maps.find_place'?",
                        "/function_names/2: unknown action 'zzzzzzzzzz'",
                        "/functions_module: unknown pack 'weathr'; did you mean 'weather'?");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void shapeAndNamesAreReportedTogether() {
        ParsedConfig parsed =
                AssistantConfigJson.parse(
                        """
                        {"assistant_name": "A", "initial_message": "Hi",
                         "function_names": ["nope", 3], "colour": "red"}\
                        """);

        RegistrationResult result = registration.register(parsed, null);

        assertThat(problems(result))
                .containsExactly(
                        "/instructions: is required",
                        "/function_names/1: must be a string, but was a number",
                        "/function_names/0: unknown action 'nope'");
        assertThat(((Refused) result).warnings())
                .containsExactly(new ConfigProblem("/colour", "unknown key 'colour' is ignored"));
    }

    @Test
    void twoActionsWithOneNameAreRefused() {
        actions.become("maps.search", "web.search");

        RegistrationResult result =
                registration.register(config("A", "maps.search", "web.search"), null);

        assertThat(problems(result))
                .containsExactly(
                        "/function_names/1: maps.search and web.search would both be named"
                                + " 'search'; an assistant can have one of them");
    }
}
