package org.assistantservice.assistant;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets one writer at a time change a folder, among all threads and processes of a machine. The
/// operating system frees it when a process dies. Thread-safe.
final class FolderLock {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Path folder;
    private final ReentrantLock turn = new ReentrantLock();

    FolderLock(Path folder) {
        this.folder = folder;
    }

    /// Work under the lock.
    @FunctionalInterface
    interface Work {
        String run() throws IOException;
    }

    /// Waits at most five seconds for its turn, then runs `work`.
    ///
    /// @throws FileSystemException if somebody else keeps the lock
    String hold(Work work) throws IOException {
        // Held across I/O on purpose: writes are rare and readers never take it. Without it a
        // thread
        // that gives up would close its channel, and with it free the lock of the whole process.
        if (!hasTurn()) {
            throw busy();
        }
        try {
            return holdFile(work);
        } finally {
            turn.unlock();
        }
    }

    private String holdFile(Work work) throws IOException {
        Path file = folder.resolve(".lock");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            for (FileLock lock = attempt(channel); ; lock = attempt(channel)) {
                if (lock != null) {
                    // Closing the channel frees the lock.
                    return work.run();
                }
                if (System.nanoTime() - giveUp > 0) {
                    throw busy();
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /// Makes a rename in `folder` survive a power cut.
    static void flush(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private boolean hasTurn() {
        try {
            return turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private FileSystemException busy() {
        return new FileSystemException(folder.toString(), null, "somebody else is writing there");
    }

    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }
}
