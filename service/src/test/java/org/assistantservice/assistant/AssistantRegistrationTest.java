package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.assistant.RegistrationResult.Change;
import org.assistantservice.assistant.RegistrationResult.Registered;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.Test;

class AssistantRegistrationTest extends RegistrationFixture {
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
}
