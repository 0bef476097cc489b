package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StoreSettingsTest {
    private static StoreSettings bound(Map<String, Object> properties) {
        try (ApplicationContext context =
                ApplicationContext.builder()
                        .enableDefaultPropertySources(false)
                        .properties(properties)
                        .start()) {
            return context.getBean(StoreSettings.class);
        }
    }

    @Test
    void nothingNeedsToBeSet() {
        assertThat(bound(Map.of())).isEqualTo(new StoreSettings(Path.of("data"), "", false));
    }

    @Test
    void aDatabaseAddressMayNameTheFileOfTheEmbeddedDatabase() {
        var named = new StoreSettings(Path.of("data"), "jdbc:sqlite:/var/lib/chats.db", false);
        var usual = new StoreSettings(Path.of("data"), "", false);

        assertThat(named.problems()).isEmpty();
        assertThat(named.file()).isEqualTo(Path.of("/var/lib/chats.db"));
        assertThat(usual.file()).isEqualTo(Path.of("data/assistant-service.db"));
    }

    @Test
    void everySettingIsBound() {
        Map<String, Object> properties =
                Map.of(
                        "assistant-service.store.directory", "/var/lib/assistant",
                        "assistant-service.store.database-url", "jdbc:postgresql://db/x",
                        "assistant-service.store.allow-ephemeral", "true");

        assertThat(bound(properties))
                .isEqualTo(
                        new StoreSettings(
                                Path.of("/var/lib/assistant"), "jdbc:postgresql://db/x", true));
    }
}
