package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.assistant.RegistrationResult.Change;
import org.assistantservice.assistant.RegistrationResult.Refused;
import org.assistantservice.assistant.RegistrationResult.Registered;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.AssistantId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssistantRegistrationTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00.123Z");
    private static final Instant NOW_IN_SECONDS = Instant.parse("2026-09-01T12:00:00Z");

    private final InMemoryAssistantStore store = new InMemoryAssistantStore();
    private final FakeActions actions =
            new FakeActions("weather.get_weather", "weather.get_forecast", "maps.find_place");
    private final AssistantRegistration registration =
            new AssistantRegistration(store, actions, settings(), () -> NOW);

    @Test
    void aNewAssistantGetsAnIdAndIsStoredWithWhatItsNamesMean() {
        Registered registered = registered(config("Weather", "get_weather"), null);

        AssistantId id = registered.assistant().id();
        assertThat(id.value()).matches("asst_[A-Za-z0-9]{24}");
        assertThat(registered.change()).isEqualTo(Change.CREATED);
        assertThat(registered.warnings()).isEmpty();
        assertThat(registered.stored())
                .isEqualTo(
                        new RegisteredConfig(
                                id,
                                config("Weather", "get_weather").withId(id.value()),
                                List.of(function("weather", "get_weather")),
                                NOW_IN_SECONDS));
        assertThat(store.list())
                .map(StoredConfigJson::parse)
                .containsExactly(new StoredConfigJson.Parsed.Usable(registered.stored()));
    }

    @Test
    void theAssistantIsWhatRunsWillUse() {
        Assistant assistant = registered(config("Weather", "get_weather"), null).assistant();

        assertThat(assistant)
                .isEqualTo(
                        new Assistant(
                                assistant.id(),
                                assistant.version(),
                                "Weather",
                                "Hello!",
                                "Help.",
                                "default-model",
                                List.of(function("weather", "get_weather")),
                                "{}",
                                BusyPolicy.ENQUEUE,
                                NOW_IN_SECONDS));
        assertThat(assistant.version()).matches("[0-9a-f]{64}");
    }

    @Test
    void theSameNameUpdatesTheAssistantAndKeepsItsId() {
        Registered first = registered(config("Weather", "get_weather"), null);

        Registered second = registered(config("Weather", "get_weather", "find_place"), null);

        assertThat(second.change()).isEqualTo(Change.UPDATED);
        assertThat(second.assistant().id()).isEqualTo(first.assistant().id());
        assertThat(second.assistant().createdAt()).isEqualTo(first.assistant().createdAt());
        assertThat(second.assistant().version()).isNotEqualTo(first.assistant().version());
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void theSameAgainWritesNothing() {
        Registered first = registered(config("Weather", "get_weather"), null);

        Registered second = registered(config("Weather", "get_weather"), null);

        assertThat(second.change()).isEqualTo(Change.UNCHANGED);
        assertThat(second.assistant()).isEqualTo(first.assistant());
        assertThat(store.writes).hasValue(1);
    }

    @Test
    void aGivenIdUpdatesThatAssistantEvenUnderANewName() {
        Registered first = registered(config("Weather", "get_weather"), null);

        Registered second = registered(config("Sky").withId(first.assistant().id().value()), null);

        assertThat(second.assistant().id()).isEqualTo(first.assistant().id());
        assertThat(second.assistant().name()).isEqualTo("Sky");
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void aGivenIdThatIsNewIsKept() {
        Registered registered = registered(config("Old").withId("asst_old"), null);

        assertThat(registered.assistant().id()).isEqualTo(new AssistantId("asst_old"));
        assertThat(registered.change()).isEqualTo(Change.CREATED);
    }

    @Test
    void theNameOfAnotherAssistantIsRefused() {
        registered(config("Weather").withId("asst_one"), null);

        RegistrationResult result =
                registration.register(config("Weather").withId("asst_two"), null);

        assertThat(problems(result))
                .containsExactly("/assistant_name: 'Weather' is the name of asst_one already");
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void anAssistantOfAFolderHasTheSameIdOnEveryReplicaAndKeepsItWhenRenamed() {
        Registered here = registered(config("Weather", "get_weather"), "weather");
        var otherStore = new InMemoryAssistantStore();
        var elsewhere = new AssistantRegistration(otherStore, actions, settings(), () -> NOW);
        RegistrationResult there = elsewhere.register(config("Weather"), "weather");

        Registered renamed = registered(config("Sky", "get_weather"), "weather");

        assertThat(here.assistant().id().value()).matches("asst_[A-Za-z0-9]{24}");
        assertThat(there)
                .isInstanceOfSatisfying(
                        Registered.class,
                        it -> assertThat(it.assistant().id()).isEqualTo(here.assistant().id()));
        assertThat(renamed.assistant().id()).isEqualTo(here.assistant().id());
        assertThat(store.list()).hasSize(1);
    }

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
    void textThatIsNotJsonIsRefused() {
        RegistrationResult result = registration.register(AssistantConfigJson.parse("{}{}"), null);

        assertThat(problems(result)).singleElement().asString().startsWith("is not JSON: ");
    }

    @Test
    void aConfigurationBuiltInCodeIsCheckedAsWell() {
        var config =
                new AssistantConfig(
                        "weather",
                        " ",
                        "",
                        "",
                        "",
                        List.of(),
                        null,
                        List.of(new FunctionSchema("f", "", "{", false)),
                        "[]",
                        BusyPolicy.ENQUEUE);

        RegistrationResult result = registration.register(config, null);

        assertThat(problems(result))
                .containsExactly(
                        "/assistant_id: must be empty or 'asst_' followed by letters and digits",
                        "/assistant_name: must not be empty",
                        "/function_definitions/0/parameters: must be a JSON Schema with \"type\":"
                                + " \"object\"",
                        "/settings: must be a JSON object");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void theThreeSourcesOfFunctionsAreAddedTogether() {
        var weather = new FunctionSchema("get_weather", "Mine.", "{\"type\":\"object\"}", false);
        var raw = new FunctionSchema("raw", "Raw.", "{\"type\":\"object\"}", false);
        var place = new FunctionSchema("find_place", "Mine.", "{\"type\":\"object\"}", false);
        AssistantConfig config =
                new AssistantConfig(
                        "",
                        "A",
                        "",
                        "",
                        "",
                        List.of("get_forecast"),
                        "weather",
                        List.of(weather, raw, place),
                        "{}",
                        BusyPolicy.ENQUEUE);

        Registered registered = registered(config, null);

        assertThat(registered.assistant().functions())
                .containsExactly(
                        function("weather", "get_forecast"),
                        new AssistantFunction(
                                "get_weather", new ActionRef("weather", "get_weather"), weather),
                        new AssistantFunction("raw", null, raw),
                        new AssistantFunction(
                                "find_place", new ActionRef("maps", "find_place"), place));
        assertThat(registered.warnings())
                .containsExactly(
                        new ConfigProblem(
                                "/function_definitions/1",
                                "no code implements the function 'raw'"));
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

    @Test
    void aWriteInBetweenIsReadAgainBeforeDeciding() {
        registered(config("Weather").withId("asst_one"), null);
        var rivals = new AtomicInteger(1);
        store.beforeWrite =
                () -> {
                    if (rivals.getAndDecrement() > 0) {
                        store.place("asst_one", json("Rival", "asst_one"));
                    }
                };

        Registered registered =
                registered(config("Weather", "get_weather").withId("asst_one"), null);

        assertThat(registered.change()).isEqualTo(Change.UPDATED);
        assertThat(store.writes).hasValue(2);
    }

    @Test
    void aRivalThatNeverStopsIsAClearError() {
        registered(config("Weather").withId("asst_one"), null);
        store.beforeWrite = () -> store.place("asst_one", json("Rival", "asst_one"));

        assertThatThrownBy(() -> registration.register(config("Other").withId("asst_one"), null))
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage(
                        "asst_one in memory was changed by somebody else in the meantime; given up"
                                + " after 5 attempts");
    }

    @Test
    void aStoreThatDoesNotAnswerIsTheCallersError() {
        store.failure = "down";

        assertThatThrownBy(() -> registration.register(config("A"), null))
                .isInstanceOf(AssistantStoreException.class)
                .hasMessage("down");
    }

    @Test
    void aStoredFileThatIsBrokenIsReplacedWhenItsIdIsGiven() {
        store.place("asst_one", "{");

        Registered registered = registered(config("A").withId("asst_one"), null);

        assertThat(registered.change()).isEqualTo(Change.UPDATED);
    }

    private Registered registered(AssistantConfig config, @Nullable String homePack) {
        RegistrationResult result = registration.register(config, homePack);
        assertThat(result).isInstanceOf(Registered.class);
        return (Registered) result;
    }

    private static List<String> problems(RegistrationResult result) {
        assertThat(result).isInstanceOf(Refused.class);
        return ((Refused) result).problems().stream().map(ConfigProblem::toString).toList();
    }

    private static AssistantConfig config(String name, String... functions) {
        return new AssistantConfig(
                "",
                name,
                "Hello!",
                "Help.",
                "",
                List.of(functions),
                null,
                List.of(),
                "{}",
                BusyPolicy.ENQUEUE);
    }

    private static AssistantFunction function(String pack, String action) {
        return new AssistantFunction(action, new ActionRef(pack, action), null);
    }

    private static String json(String name, String id) {
        return "{\"assistant_id\": \"%s\", \"assistant_name\": \"%s\", \"initial_message\": \"\"}"
                .formatted(id, name);
    }

    private static AssistantSettings settings() {
        return new AssistantSettings(
                Path.of("unused"), "", "test-client", "default-model", Duration.ofSeconds(1));
    }
}
