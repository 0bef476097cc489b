package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assistantservice.assistant.RegistrationResult.Refused;
import org.assistantservice.assistant.RegistrationResult.Registered;
import org.assistantservice.dispatch.ActionRef;
import org.jspecify.annotations.Nullable;

/// Registers with a store in memory and actions by name.
abstract class RegistrationFixture {
    static final Instant NOW = Instant.parse("2026-09-01T12:00:00.123Z");
    static final Instant NOW_IN_SECONDS = Instant.parse("2026-09-01T12:00:00Z");

    final InMemoryAssistantStore store = new InMemoryAssistantStore();
    final FakeActions actions =
            new FakeActions("weather.get_weather", "weather.get_forecast", "maps.find_place");
    final AssistantRegistration registration =
            new AssistantRegistration(store, actions, settings(), () -> NOW);

    Registered registered(AssistantConfig config, @Nullable String homePack) {
        RegistrationResult result = registration.register(config, homePack);
        assertThat(result).isInstanceOf(Registered.class);
        return (Registered) result;
    }

    static List<String> problems(RegistrationResult result) {
        assertThat(result).isInstanceOf(Refused.class);
        return ((Refused) result).problems().stream().map(ConfigProblem::toString).toList();
    }

    static AssistantConfig config(String name, String... functions) {
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

    static AssistantFunction function(String pack, String action) {
        return new AssistantFunction(action, new ActionRef(pack, action), null);
    }

    static String json(String name, String id) {
        return "{\"assistant_id\": \"%s\", \"assistant_name\": \"%s\", \"initial_message\": \"\"}"
                .formatted(id, name);
    }

    static AssistantSettings settings() {
        return new AssistantSettings(
                Path.of("unused"), "", "test-client", "default-model", Duration.ofSeconds(1));
    }
}
