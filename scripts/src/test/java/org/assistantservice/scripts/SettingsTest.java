package org.assistantservice.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assistantservice.assistant.AssistantSettings;
import org.assistantservice.plugin.PackSettings;
import org.assistantservice.scripts.Settings.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir private Path folder;

    @Test
    void withoutAnythingTheServicesDefaultsHold() throws IOException {
        Settings settings = Settings.read(Map.of(), folder);

        assertThat(settings.assistantsFolder()).isEqualTo(folder.resolve("assistants"));
        assertThat(settings.assistants())
                .isEqualTo(
                        new AssistantSettings(
                                folder.resolve("data/configs"),
                                "",
                                "test-client",
                                "",
                                Duration.ofSeconds(1)));
        assertThat(settings.packs(folder.resolve("scratch")))
                .isEqualTo(
                        new PackSettings(
                                folder.resolve("assistants"),
                                folder.resolve("scratch"),
                                folder.resolve("data/actions"),
                                8,
                                3,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(1)));
        assertThat(settings.model()).isEqualTo(new Model("", "", "", "gpt-4-turbo-preview"));
        assertThat(settings.model().isOffline()).isTrue();
        assertThat(settings.isProduction()).isFalse();
        assertThat(settings.storeFolder()).isEqualTo(folder.resolve("data"));
        assertThat(settings.databaseUrl()).isEmpty();
        assertThat(settings.port()).isEqualTo(8000);
    }

    @Test
    void theEnvironmentWinsOverTheFileAndTheFileOverTheDefaults() throws IOException {
        Files.writeString(
                folder.resolve(".env"), "PORT=9001\nDATA_DIR=/srv/data\nOPENAI_API_KEY=\"sk-1\"\n");

        Settings settings = Settings.read(Map.of("PORT", "9002", "BUCKET_ID", "b-1"), folder);

        assertThat(settings.port()).isEqualTo(9002);
        assertThat(settings.storeFolder()).isEqualTo(Path.of("/srv/data"));
        assertThat(settings.assistants().configsDirectory())
                .isEqualTo(Path.of("/srv/data/configs"));
        assertThat(settings.gcs().bucketId()).isEqualTo("b-1");
        assertThat(settings.model().apiKey()).isEqualTo("sk-1");
        assertThat(settings.model().isOffline()).isFalse();
        assertThat(settings.model().toString()).doesNotContain("sk-1");
        assertThat(settings.variables()).containsEntry("DATA_DIR", "/srv/data");
    }

    @Test
    void anOldNameOfTheModelsAddressStillCounts() throws IOException {
        Settings settings =
                Settings.read(Map.of("OPENAI_API_BASE", "http://localhost:1234/v1"), folder);

        assertThat(settings.model().baseUrl()).isEqualTo("http://localhost:1234/v1");
    }
}
