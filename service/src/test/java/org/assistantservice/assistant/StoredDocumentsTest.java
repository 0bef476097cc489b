package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.Test;

class StoredDocumentsTest extends DirectoryFixture {
    @Test
    void aConfigurationPlacedByHandIsServedUnderAStableId() {
        store.place("my weather", config("Weather", "get_weather"));
        directory.refresh();
        Assistant first = directory.find("Weather").orElseThrow().assistant();

        restarted("").refresh();

        assertThat(directory.find("Weather").orElseThrow().assistant()).isEqualTo(first);
        assertThat(first.id().value()).matches("asst_[A-Za-z0-9]{24}");
        assertThat(first.functions())
                .containsExactly(
                        new AssistantFunction(
                                "get_weather", new ActionRef("weather", "get_weather"), null));
        assertThat(store.writes).hasValue(0);
    }

    @Test
    void aConfigurationPlacedByHandGivesWayToTheRegisteredOneOfTheSameName() {
        store.place("Weather", config("Weather"));
        store.place("asst_one", config("Weather"));

        directory.refresh();

        assertThat(directory.all())
                .extracting(it -> it.assistant().id())
                .containsExactly(new AssistantId("asst_one"));
        assertThat(directory.problems()).isEmpty();
    }

    @Test
    void aCopyUnderAnotherIdIsAnotherAssistant() {
        store.place("asst_one", config("Weather"));
        store.place(
                "asst_two", config("Maps").replaceFirst("\\{", "{\"assistant_id\": \"asst_one\","));

        directory.refresh();

        assertThat(directory.find("asst_two").orElseThrow().assistant().name()).isEqualTo("Maps");
        assertThat(directory.find("asst_one").orElseThrow().assistant().name())
                .isEqualTo("Weather");
    }

    @Test
    void aNamePlacedByHandThatMeansNothingMakesTheAssistantUnavailable() {
        store.place("hand", config("Hand", "nope"));

        directory.refresh();

        assertThat(directory.find("Hand").orElseThrow().problem())
                .isEqualTo("/function_names/0: unknown action 'nope'");
    }

    @Test
    void twoAssistantsOfOneNameAreBothThereAndReported() {
        store.place("asst_one", config("Weather"));
        store.place("asst_two", config("Weather"));

        directory.refresh();

        assertThat(directory.all()).hasSize(2);
        assertThat(directory.find("Weather").orElseThrow().assistant().id())
                .isEqualTo(new AssistantId("asst_one"));
        assertThat(directory.problems())
                .containsExactly(
                        new AssistantProblem(
                                "asst_two",
                                "has the same name as asst_one; 'Weather' means that one"));
    }
}
