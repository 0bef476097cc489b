package org.assistantservice.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Makes sure that one process at a time uses a store directory. The operating system gives the
/// lock back when the process ends in any way.
final class DirectoryLock implements AutoCloseable {
    static final String FILE_NAME = "assistant-service.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws StoreOpenException if another process, or another store of this one, has it
    static DirectoryLock acquire(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StoreOpenException(
                        "The store in %s is in use by another process (%s is locked): stop that"
                                        .formatted(directory.toAbsolutePath(), FILE_NAME)
                                + " process or choose another directory");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new StoreOpenException(
                    "Cannot lock %s: %s".formatted(file.toAbsolutePath(), e), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
