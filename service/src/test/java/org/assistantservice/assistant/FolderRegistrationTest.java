package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.assistantservice.assistant.Assistants.Listing;
import org.assistantservice.dispatch.ActionRef;
import org.junit.jupiter.api.Test;

class FolderRegistrationTest extends DirectoryFixture {
    @Test
    void aConfigurationBesideAPackIsRegisteredWithItsOwnActions() throws IOException {
        beside("weather", config("Weather", "get_weather"));

        directory.refresh();

        Assistant assistant = directory.find("Weather").orElseThrow().assistant();
        assertThat(assistant.functions())
                .containsExactly(
                        new AssistantFunction(
                                "get_weather", new ActionRef("weather", "get_weather"), null));
        assertThat(assistant.model()).isEqualTo("default-model");
        assertThat(store.documents).containsOnlyKeys(assistant.id().value());
    }

    @Test
    void aChangedConfigurationBesideAPackKeepsItsId() throws IOException {
        beside("weather", config("Weather", "get_weather"));
        directory.refresh();
        Assistant before = directory.find("Weather").orElseThrow().assistant();

        beside("weather", config("Sky", "get_weather"));
        directory.refresh();

        Assistant after = directory.find("Sky").orElseThrow().assistant();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.version()).isNotEqualTo(before.version());
        assertThat(directory.all()).hasSize(1);
    }

    @Test
    void lookingAgainWritesNothing() throws IOException {
        beside("weather", config("Weather", "get_weather"));
        directory.refresh();

        directory.refresh();
        restarted("").refresh();

        assertThat(store.writes).hasValue(1);
    }

    @Test
    void aBadChangeBesideAPackKeepsTheLastGoodVersion() throws IOException {
        beside("weather", config("Weather", "get_weather"));
        directory.refresh();

        beside("weather", config("Weather", "get_wether"));
        directory.refresh();

        assertThat(directory.find("Weather").orElseThrow().isAvailable()).isTrue();
        assertThat(directory.problems())
                .containsExactly(
                        new AssistantProblem(
                                "weather/assistant.json",
                                "/function_names/0: unknown action 'get_wether'; did you mean"
                                        + " 'get_weather'?"));
    }

    @Test
    void anAssistantWhosePackNeverCameIsListedAsUnavailableAndStopsNoOther() throws IOException {
        beside("weather", config("Weather", "get_weather"));
        beside("alarm", config("Alarm", "ring"));

        directory.refresh();

        Listing alarm = directory.find("Alarm").orElseThrow();
        assertThat(alarm.isAvailable()).isFalse();
        assertThat(alarm.problem()).isEqualTo("/function_names/0: unknown action 'ring'");
        assertThat(directory.find("Weather").orElseThrow().isAvailable()).isTrue();
        assertThat(directory.standard()).isEqualTo(directory.find("Weather"));
        actions.become("weather.get_weather", "alarm.ring");
        directory.refresh();
        Listing ready = directory.find("Alarm").orElseThrow();
        assertThat(ready.isAvailable()).isTrue();
        assertThat(ready.assistant().id()).isEqualTo(alarm.assistant().id());
        assertThat(directory.problems()).isEmpty();
    }

    @Test
    void aNewActionOfThePackOfAModuleJoinsTheAssistant() throws IOException {
        beside(
                "weather",
                """
                {"assistant_name": "Weather", "initial_message": "Hi", "instructions": "",
                 "functions_module": "weather"}\
                """);
        directory.refresh();

        actions.become("weather.get_weather", "weather.get_forecast");
        directory.refresh();

        assertThat(directory.find("Weather").orElseThrow().assistant().functions())
                .extracting(AssistantFunction::name)
                .containsExactly("get_weather", "get_forecast");
    }

    @Test
    void twoFoldersWithOneAssistantDoNotOverwriteEachOther() throws IOException {
        beside("one", config("Weather", "weather.get_weather"));
        beside("two", config("Weather"));

        directory.refresh();
        directory.refresh();

        assertThat(store.writes).hasValue(1);
        assertThat(directory.problems())
                .containsExactly(
                        new AssistantProblem(
                                "two/assistant.json",
                                "is the same assistant as one/assistant.json; it is ignored"));
    }

    @Test
    void aStoreThatIsDownIsAskedOnceForAllFolders() throws IOException {
        beside("weather", config("Weather", "get_weather"));
        beside("maps", config("Maps", "find_place"));
        store.failure = "down";

        directory.refresh();

        assertThat(store.calls).hasValue(2);
        assertThat(directory.problems())
                .containsExactly(
                        new AssistantProblem("memory", "down"),
                        new AssistantProblem("maps/assistant.json", "cannot be stored: down"),
                        new AssistantProblem("weather/assistant.json", "cannot be stored: down"));
        assertThat(directory.find("Weather").orElseThrow().problem())
                .isEqualTo("cannot be stored: down");
        store.failure = "";
        directory.refresh();
        assertThat(directory.find("Weather").orElseThrow().isAvailable()).isTrue();
    }
}
