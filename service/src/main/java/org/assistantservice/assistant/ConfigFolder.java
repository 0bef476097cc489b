package org.assistantservice.assistant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assistantservice.identity.Sha256;

/// Reads configurations from the files of one folder. A file that cannot be read is an answer, not
/// an error; only the folder itself can fail. Thread-safe.
final class ConfigFolder {
    private static final int MAX_ENTRIES = 1_000;

    private final Path folder;

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /// Entries of the folder by name; none if there is no such folder.
    ///
    /// @throws AssistantStoreException if it cannot be listed or has more than 1,000 of them
    List<Path> entries(Predicate<Path> wanted) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> found = entries.filter(wanted).sorted().limit(MAX_ENTRIES + 1L).toList();
            if (found.size() > MAX_ENTRIES) {
                throw new AssistantStoreException(
                        "%s has more than %d entries".formatted(folder, MAX_ENTRIES));
            }
            return found;
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (NotDirectoryException e) {
            throw new AssistantStoreException(folder + " is not a folder", e);
        } catch (IOException e) {
            throw new AssistantStoreException(
                    "%s cannot be listed: %s".formatted(folder, reason(e)), e);
        } catch (UncheckedIOException e) {
            throw new AssistantStoreException(folder + " cannot be listed", e);
        }
    }

    /// The document in `file`, or empty if there is no such file.
    Optional<StoredConfig> read(String name, Path file) {
        try {
            if (Files.isDirectory(file)) {
                return Optional.of(unreadable(name, "is a folder, not a file"));
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                return Optional.of(unreadable(name, "is a link to a place outside " + folder));
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(ConfigText.MAX_BYTES + 1);
            }
            return Optional.of(ConfigText.stored(name, Sha256.hex(bytes), bytes));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(unreadable(name, "cannot be read: " + reason(e)));
        }
    }

    private static StoredConfig unreadable(String name, String reason) {
        return new StoredConfig.Unreadable(name, "", reason);
    }

    /// Without the path that the messages of file system exceptions begin with.
    static String reason(IOException problem) {
        return switch (problem) {
            case AccessDeniedException _ -> "no permission";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> problem.getClass().getSimpleName();
        };
    }
}
