package org.assistantservice.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Makes sure that one process at a time uses a store directory. The operating system gives the
/// lock back when the process ends in any way.
final class DirectoryLock implements AutoCloseable {
    static final String FILE_NAME = "assistant-service.lock";

    /// Directories that this process has locked. POSIX locks belong to the process, and closing any
    /// file that was opened a second time drops them all: so it must not be opened a second time.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /// @throws StoreOpenException if another process, or another store of this one, has it
    static DirectoryLock acquire(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (!HELD.add(real)) {
                throw inUse(directory);
            }
            try {
                return new DirectoryLock(real, lock(real));
            } catch (IOException | RuntimeException e) {
                HELD.remove(real);
                throw e;
            }
        } catch (IOException e) {
            Path file = directory.resolve(FILE_NAME).toAbsolutePath();
            throw new StoreOpenException("Cannot lock %s: %s".formatted(file, e), e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw inUse(directory);
    }

    private static StoreOpenException inUse(Path directory) {
        return new StoreOpenException(
                "The store in %s is in use by another process (%s is locked): stop that"
                                .formatted(directory.toAbsolutePath(), FILE_NAME)
                        + " process or choose another directory");
    }

    /// May be called again: by then the directory may be another store's.
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                HELD.remove(directory);
            }
        }
    }
}
