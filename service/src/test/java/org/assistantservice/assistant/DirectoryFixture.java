package org.assistantservice.assistant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A directory over a store in memory, a temporary folder of packs and actions by name.
abstract class DirectoryFixture {
    static final Duration POLL = Duration.ofMillis(20);

    final InMemoryAssistantStore store = new InMemoryAssistantStore();
    final FakeActions actions = new FakeActions("weather.get_weather", "maps.find_place");
    @TempDir private Path folders;
    AssistantDirectory directory;

    @BeforeEach
    void open() {
        directory = directory("", "test-client");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    AssistantDirectory restarted(String defaultAssistant) {
        directory.close();
        directory = directory(defaultAssistant, "test-client");
        return directory;
    }

    AssistantDirectory directory(String defaultAssistant, String clientId) {
        var settings =
                new AssistantSettings(
                        Path.of("unused"), defaultAssistant, clientId, "default-model", POLL);
        var registration =
                new AssistantRegistration(store, actions, settings, InstantSource.system());
        return new AssistantDirectory(
                store, new AssistantFolders(folders), registration, actions, settings);
    }

    void beside(String pack, String json) throws IOException {
        Path folder = Files.createDirectories(folders.resolve(pack));
        Files.writeString(folder.resolve("assistant.json"), json);
    }

    static String config(String name, String... functions) {
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
