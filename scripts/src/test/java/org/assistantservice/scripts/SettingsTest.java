package org.assistantservice.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assistantservice.assistant.AssistantSettings;
import org.assistantservice.dispatch.ActionLimits;
import org.assistantservice.plugin.JarLimits;
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
                                "gpt-4-turbo-preview",
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
        assertThat(settings.jars())
                .isEqualTo(new JarLimits(200, 268_435_456, 20_000, 1_073_741_824, 100));
        assertThat(settings.actions()).isEqualTo(ActionLimits.STANDARD);
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
    void theBoundsOfPacksAndCallsAreTheOperators() throws IOException {
        Settings settings =
                Settings.read(
                        Map.of(
                                "ASSISTANT_SERVICE_PACKS_JARS_MAX_PER_PACK", "1",
                                "ASSISTANT_SERVICE_PACKS_JARS_MAX_SIZE", "2MB",
                                "ASSISTANT_SERVICE_PACKS_JARS_MAX_ENTRIES", "3",
                                "ASSISTANT_SERVICE_PACKS_JARS_MAX_INFLATED_SIZE", "4096",
                                "ASSISTANT_SERVICE_PACKS_JARS_MAX_RATIO", "5",
                                "ASSISTANT_SERVICE_DISPATCH_MAX_ARGUMENT_BYTES", "6",
                                "ASSISTANT_SERVICE_DISPATCH_MAX_RESULT_BYTES", "7",
                                "ASSISTANT_SERVICE_DISPATCH_MAX_DEPTH", "8"),
                        folder);

        assertThat(settings.jars()).isEqualTo(new JarLimits(1, 2_097_152, 3, 4096, 5));
        assertThat(settings.actions()).isEqualTo(new ActionLimits(6, 7, 8));
    }

    @Test
    void anOldNameOfTheModelsAddressStillCounts() throws IOException {
        Settings settings =
                Settings.read(Map.of("OPENAI_API_BASE", "http://localhost:1234/v1"), folder);

        assertThat(settings.model().baseUrl()).isEqualTo("http://localhost:1234/v1");
    }
}
