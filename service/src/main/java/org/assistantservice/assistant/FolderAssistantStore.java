package org.assistantservice.assistant;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.Sha256;

/// Keeps each assistant in a file `<assistant id>.json` of a local folder and also reads any other
/// `*.json` that somebody puts there. A write is a new file, flushed, then renamed over the old
/// one; writers of all processes take turns by a lock file. Thread-safe.
public final class FolderAssistantStore implements AssistantStore {
    private static final String SUFFIX = ".json";

    private final ConfigFolder folder;
    private final FolderLock lock;

    /// @param directory need not exist; the first write makes it
    public FolderAssistantStore(Path directory) {
        this.folder = new ConfigFolder(directory);
        this.lock = new FolderLock(directory);
    }

    @Override
    public String location() {
        return folder.path().toString();
    }

    @Override
    public List<StoredConfig> list() {
        return folder.entries(FolderAssistantStore::isConfig).stream()
                .flatMap(file -> folder.read(documentName(file), file).stream())
                .sorted(Comparator.comparing((StoredConfig it) -> !isWrittenByUs(it)))
                .toList();
    }

    @Override
    public Optional<StoredConfig> read(AssistantId id) {
        return folder.read(id.value(), file(id));
    }

    @Override
    public String write(AssistantId id, String json, Precondition precondition) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return locked(
                id,
                () -> {
                    check(id, precondition);
                    replace(file(id), bytes);
                    return Sha256.hex(bytes);
                });
    }

    @Override
    public void delete(AssistantId id, String generation) {
        locked(
                id,
                () -> {
                    check(id, new Precondition.Unchanged(generation));
                    Files.delete(file(id));
                    FolderLock.flush(folder.path());
                    return generation;
                });
    }

    private String locked(AssistantId id, FolderLock.Work work) {
        try {
            Files.createDirectories(folder.path());
            return lock.hold(work);
        } catch (IOException e) {
            throw new AssistantStoreException(
                    "%s cannot be written in %s: %s"
                            .formatted(id, folder.path(), ConfigFolder.reason(e)),
                    e);
        }
    }

    private void check(AssistantId id, Precondition precondition) {
        Optional<String> current = read(id).map(StoredConfig::generation);
        boolean holds =
                switch (precondition) {
                    case Precondition.Absent() -> current.isEmpty();
                    case Precondition.Unchanged(var generation) ->
                            current.filter(generation::equals).isPresent();
                };
        if (!holds) {
            throw new AssistantConflictException(id, location());
        }
    }

    /// The temporary file has one name, so that a crash leaves one at most; the next write of the
    /// same assistant replaces it.
    private void replace(Path target, byte[] bytes) throws IOException {
        Path fresh = folder.path().resolve("." + target.getFileName() + ".tmp");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(
                fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FolderLock.flush(folder.path());
    }

    private Path file(AssistantId id) {
        return folder.path().resolve(id.value() + SUFFIX);
    }

    private static boolean isConfig(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }

    private static String documentName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static boolean isWrittenByUs(StoredConfig stored) {
        return AssistantId.parse(stored.name()).isPresent();
    }
}
