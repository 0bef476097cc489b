package org.assistantservice.assistant;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The `assistant.json` files beside the packs: one folder each, whose name is the pack's name.
/// Thread-safe.
public final class AssistantFolders {
    private static final String FILE = "assistant.json";

    private final ConfigFolder directory;

    /// @param directory the folder of the pack folders; need not exist
    public AssistantFolders(Path directory) {
        this.directory = new ConfigFolder(directory);
    }

    /// What there is now, named by folder, by name.
    ///
    /// @throws AssistantStoreException if the folder cannot be listed
    List<StoredConfig> list() {
        return directory.entries(AssistantFolders::isFolder).stream()
                .flatMap(it -> directory.read(nameOf(it), it.resolve(FILE)).stream())
                .toList();
    }

    private static boolean isFolder(Path entry) {
        return Files.isDirectory(entry) && !nameOf(entry).startsWith(".");
    }

    private static String nameOf(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
