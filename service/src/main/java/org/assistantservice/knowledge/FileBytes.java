package org.assistantservice.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assistantservice.identity.FileId;

/// The bytes of files on disk, as `<directory>/<tenant>/<folder>/<id>`: names that the service made
/// itself. Thread-safe.
final class FileBytes {
    private static final String UNFINISHED = ".part";

    private final Path directory;

    FileBytes(Path directory) {
        this.directory = directory;
    }

    /// Writes all or nothing; on return it is on disk.
    void write(FileFolder folder, FileId id, byte[] content) {
        Path file = path(folder, id);
        // A name of its own: what a crash left of an earlier attempt is not in the way.
        Path unfinished = file.resolveSibling(FileId.random() + UNFINISHED);
        try {
            Files.createDirectories(path(folder));
            try (FileChannel out =
                    FileChannel.open(
                            unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            // Without this a power cut may take the name, though not the bytes.
            forceNames(path(folder));
            forceNames(directory.resolve(folder.tenant().value()));
            forceNames(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static void forceNames(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /// Empty if there is no such file.
    Optional<Path> find(FileFolder folder, FileId id) {
        return Optional.of(path(folder, id)).filter(Files::isRegularFile);
    }

    void delete(FileFolder folder, FileId id) {
        try {
            Files.deleteIfExists(path(folder, id));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path(folder, id), e);
        }
    }

    void deleteAll(FileFolder folder) {
        for (Path file : children(path(folder))) {
            delete(file);
        }
        deleteIfEmpty(folder);
    }

    /// Deletes files that were there before `before` and that nobody knows, e.g. after a crash.
    ///
    /// @param known names of those to keep
    void deleteUnknown(FileFolder folder, List<FileId> known, Instant before) {
        for (Path file : children(path(folder))) {
            String name = name(file);
            boolean isKnown = known.stream().anyMatch(it -> it.value().equals(name));
            if (!isKnown && isOlder(file, before)) {
                delete(file);
            }
        }
        deleteIfEmpty(folder);
    }

    /// Every folder that has a directory.
    List<FileFolder> folders() {
        return children(directory).stream()
                .filter(Files::isDirectory)
                .flatMap(tenant -> folders(tenant))
                .toList();
    }

    private static Stream<FileFolder> folders(Path tenant) {
        return children(tenant).stream()
                .filter(Files::isDirectory)
                .map(folder -> FileFolder.parse(name(tenant), name(folder)))
                .flatMap(Optional::stream);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static boolean isOlder(Path file, Instant time) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at " + file, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    /// Somebody else may put a file there at this moment; then it stays.
    private void deleteIfEmpty(FileFolder folder) {
        try {
            Files.deleteIfExists(path(folder));
        } catch (DirectoryNotEmptyException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path(folder), e);
        }
    }

    private static List<Path> children(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look into " + parent, e);
        }
    }

    private Path path(FileFolder folder) {
        return directory.resolve(folder.tenant().value()).resolve(folder.name());
    }

    private Path path(FileFolder folder, FileId id) {
        return path(folder).resolve(id.value());
    }
}
