package org.assistantservice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {
    @TempDir Path folder;

    @Test
    void settingsAreReadAndCommentsSkipped() throws Exception {
        Path file = folder.resolve(".env");
        Files.writeString(
                file,
                """
                # a comment
                OPENAI_API_KEY=sk-1=2
                export PORT = 9000

                GREETING="hello there"
                no setting
                """);

        assertThat(DotEnv.read(file))
                .containsExactly(
                        java.util.Map.entry("OPENAI_API_KEY", "sk-1=2"),
                        java.util.Map.entry("PORT", "9000"),
                        java.util.Map.entry("GREETING", "hello there"));
    }

    @Test
    void aMissingFileHasNoSettings() throws Exception {
        assertThat(DotEnv.read(folder.resolve(".env"))).isEmpty();
    }
}
