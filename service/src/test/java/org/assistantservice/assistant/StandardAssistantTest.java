package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.assistantservice.assistant.Assistants.Listing;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.Test;

class StandardAssistantTest extends DirectoryFixture {
    @Test
    void nobodyServesUntilTheStoreAnsweredOnce() {
        store.failure = "the store is down";

        directory.refresh();

        assertThat(directory.standard()).isEmpty();
    }

    @Test
    void theConfiguredDefaultMayBeAnIdOrAName() {
        store.place("asst_one", config("Weather"));
        store.place("asst_two", config("Maps"));

        restarted("asst_one").refresh();
        Optional<Listing> byId = directory.standard();
        restarted("Weather").refresh();

        assertThat(byId).contains(directory.find("asst_one").orElseThrow());
        assertThat(directory.standard()).isEqualTo(byId);
    }

    @Test
    void aConfiguredDefaultThatDoesNotExistIsNotReplacedByAnother() {
        store.place("asst_one", config("Weather"));

        restarted("Wether").refresh();

        assertThat(directory.standard()).isEmpty();
        assertThat(directory.problems())
                .containsExactly(
                        new AssistantProblem(
                                "ASSISTANT_ID", "'Wether' is neither id nor name of an assistant"));
    }

    @Test
    void withoutAConfiguredDefaultTheFirstByNameServes() {
        store.place("asst_one", config("Weather"));
        store.place("asst_two", config("Maps"));

        directory.refresh();

        assertThat(directory.standard()).isEqualTo(directory.find("Maps"));
    }

    @Test
    void theDocumentOfTheClientIsTheDefaultBeforeOthers() {
        store.place("asst_two", config("Maps"));
        store.place("my-client", config("Weather"));
        directory.close();
        directory = directory("", "my-client");

        directory.refresh();

        assertThat(directory.standard()).isEqualTo(directory.find("Weather"));
    }

    @Test
    void theBuiltInAssistantServesOnlyWhenThereIsNoOther() {
        directory.refresh();
        Listing builtIn = directory.standard().orElseThrow();

        store.place("asst_one", config("Weather"));
        directory.refresh();

        assertThat(builtIn.assistant().id()).isEqualTo(new AssistantId("asst_dev_default"));
        assertThat(builtIn.assistant().name()).isEqualTo("Development Assistant");
        assertThat(builtIn.assistant().initialMessage())
                .isEqualTo("Hello! I'm your development assistant. How can I help you today?");
        assertThat(builtIn.isAvailable()).isTrue();
        assertThat(directory.find("Development Assistant")).isEmpty();
        assertThat(directory.all()).hasSize(1);
    }

    @Test
    void theBuiltInAssistantTakesItsIdFromTheConfiguredDefault() {
        restarted("asst_mine").refresh();

        assertThat(directory.standard().orElseThrow().assistant().id())
                .isEqualTo(new AssistantId("asst_mine"));
    }
}
