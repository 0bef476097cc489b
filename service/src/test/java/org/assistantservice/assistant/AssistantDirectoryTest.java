package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assistantservice.assistant.Assistants.Listing;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssistantDirectoryTest {
    private static final Duration POLL = Duration.ofMillis(20);

    private final InMemoryAssistantStore store = new InMemoryAssistantStore();
    private final FakeActions actions = new FakeActions("weather.get_weather", "maps.find_place");
    @TempDir private Path folders;
    private AssistantDirectory directory;

    @BeforeEach
    void open() {
        directory = directory("", "test-client");
    }

    @AfterEach
    void close() {
        directory.close();
    }

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
    void nobodyServesUntilTheStoreAnsweredOnce() {
        store.failure = "the store is down";

        directory.refresh();

        assertThat(directory.standard()).isEmpty();
    }

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

    private AssistantDirectory restarted(String defaultAssistant) {
        directory.close();
        directory = directory(defaultAssistant, "test-client");
        return directory;
    }

    private AssistantDirectory directory(String defaultAssistant, String clientId) {
        var settings =
                new AssistantSettings(
                        Path.of("unused"), defaultAssistant, clientId, "default-model", POLL);
        var registration =
                new AssistantRegistration(store, actions, settings, InstantSource.system());
        return new AssistantDirectory(
                store, new AssistantFolders(folders), registration, actions, settings);
    }

    private void beside(String pack, String json) throws IOException {
        Path folder = Files.createDirectories(folders.resolve(pack));
        Files.writeString(folder.resolve("assistant.json"), json);
    }

    private static String config(String name, String... functions) {
        List<String> names = List.of(functions);
        return """
        {"assistant_name": "%s", "initial_message": "Hello!", "instructions": "Help.",
         "function_names": [%s]}\
        """
                .formatted(
                        name,
                        names.stream().map("\"%s\""::formatted).collect(Collectors.joining(",")));
    }
}
