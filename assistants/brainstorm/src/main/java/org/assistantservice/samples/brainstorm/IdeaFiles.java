package org.assistantservice.samples.brainstorm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.assistantservice.actions.ActionException;

/// Ideas as files, one each: `<thread>/<key>.txt`. Two versions of this pack, or two calls, may
/// write at once. Thread-safe.
final class IdeaFiles {
    private static final int MOST = 1000;
    private static final String NO_NAME = "[^A-Za-z0-9_]";

    private final Path folder;

    /// @param folder exists
    IdeaFiles(Path folder) {
        this.folder = folder;
    }

    /// Saves an idea; on return it is on disk. The same key again is the same idea.
    ///
    /// @throws ActionException if the thread has as many ideas as it may
    /// @throws UncheckedIOException if the disk fails
    void save(String thread, String key, String text) {
        Path ideas = folder.resolve(thread.replaceAll(NO_NAME, "-"));
        Path idea = ideas.resolve(key.replaceAll(NO_NAME, "-") + ".txt");
        try {
            Files.createDirectories(ideas);
            if (!Files.exists(idea) && count(ideas) >= MOST) {
                throw new ActionException(
                        "This conversation has %d saved ideas, which is the most".formatted(MOST));
            }
            write(idea, text);
            // Without this a power cut may take the names, though not the text.
            forceNames(ideas);
            forceNames(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The idea could not be written", e);
        }
    }

    private static void forceNames(Path directory) throws IOException {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static long count(Path ideas) throws IOException {
        try (Stream<Path> files = Files.list(ideas)) {
            return files.count();
        }
    }

    /// The file appears with all of its text, or not at all.
    private static void write(Path idea, String text) throws IOException {
        Path unfinished = Files.createTempFile(idea.getParent(), "new", ".part");
        try {
            try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(unfinished, idea, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
