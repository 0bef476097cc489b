package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.assistantservice.assistant.Assistants.Listing;
import org.junit.jupiter.api.Test;

class AssistantDirectoryTest extends DirectoryFixture {
    @Test
    void nothingIsKnownBeforeTheFirstLook() {
        store.place("asst_one", config("Weather"));

        assertThat(directory.all()).isEmpty();
        assertThat(directory.standard()).isEmpty();
    }

    @Test
    void anAssistantIsFoundByIdAndByName() {
        store.place("asst_one", config("Weather"));

        directory.refresh();

        Listing listing = directory.find("asst_one").orElseThrow();
        assertThat(listing.problem()).isEmpty();
        assertThat(listing.assistant().name()).isEqualTo("Weather");
        assertThat(directory.find("Weather")).contains(listing);
        assertThat(directory.standard()).contains(listing);
        assertThat(directory.all()).containsExactly(listing);
        assertThat(directory.find("weather")).isEmpty();
        assertThat(directory.problems()).isEmpty();
    }

    @Test
    void aPackThatGoesAndComesBackIsNoticedWithoutALook() throws IOException {
        beside("weather", config("Weather", "get_weather"));
        directory.refresh();

        actions.become("maps.find_place");
        Listing gone = directory.find("Weather").orElseThrow();
        actions.become("weather.other");
        Listing changed = directory.find("Weather").orElseThrow();
        actions.become("weather.get_weather");
        Listing back = directory.find("Weather").orElseThrow();

        assertThat(gone.problem()).isEqualTo("pack 'weather' is missing");
        assertThat(changed.problem()).isEqualTo("pack 'weather' has no action 'get_weather'");
        assertThat(back.isAvailable()).isTrue();
        assertThat(back.assistant()).isEqualTo(gone.assistant());
    }

    @Test
    void aBadChangeInTheStoreKeepsTheLastGoodVersion() {
        store.place("asst_one", config("Weather"));
        directory.refresh();

        store.place("asst_one", "{\"assistant_name\": 1}");
        store.place("asst_two", "{");
        directory.refresh();

        assertThat(directory.find("asst_one").orElseThrow().assistant().name())
                .isEqualTo("Weather");
        assertThat(directory.problems())
                .containsExactly(
                        new AssistantProblem(
                                "memory/asst_one",
                                "/assistant_name: must be a string, but was a number;"
                                        + " /initial_message: is required; its last good version"
                                        + " stays"),
                        new AssistantProblem(
                                "memory/asst_two",
                                "is not JSON: Unexpected end-of-input: expected close marker for"
                                        + " Object (line 1, column 2); it is ignored"));
    }

    @Test
    void aDeletedConfigurationIsGone() {
        store.place("asst_one", config("Weather"));
        store.place("asst_two", config("Maps"));
        directory.refresh();

        store.documents.remove("asst_one");
        directory.refresh();

        assertThat(directory.find("asst_one")).isEmpty();
        assertThat(directory.all()).hasSize(1);
    }

    @Test
    void whatIsKnownStaysWhileTheStoreIsDown() {
        store.place("asst_one", config("Weather"));
        directory.refresh();

        store.failure = "the store is down";
        directory.refresh();

        assertThat(directory.find("Weather")).isPresent();
        assertThat(directory.problems())
                .containsExactly(new AssistantProblem("memory", "the store is down"));
        store.failure = "";
        directory.refresh();
        assertThat(directory.problems()).isEmpty();
    }

    @Test
    void aQuarantinedPackIsNoticedWithoutANewCatalog() throws IOException {
        beside("weather", config("Weather", "get_weather"));
        directory.refresh();

        actions.quarantine("weather");

        assertThat(directory.find("Weather").orElseThrow().problem())
                .isEqualTo("pack 'weather' is quarantined");
    }

    @Test
    void aChangeIsPickedUpByItself() throws IOException {
        directory.start();

        store.place("asst_one", config("Weather"));
        beside("maps", config("Maps", "find_place"));

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() ->
                        assertThat(directory.all())
                                .extracting(it -> it.assistant().name())
                                .containsExactly("Maps", "Weather"));
    }
}
