package org.assistantservice.knowledge;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.assistantservice.identity.FileId;
import org.assistantservice.record.RecordStore;
import org.assistantservice.record.RecordStore.Row;
import org.assistantservice.record.RecordStore.Space;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps files. The bytes are on disk before the file is known, and what is known goes before the
/// bytes: a crash leaves at most bytes that nobody knows, which [#sweep] finds. Calls block;
/// thread-safe.
///
/// Every method throws what [RecordStore] throws when the store does not answer, and
/// [java.io.UncheckedIOException] when the disk fails.
public final class FileStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);

    private final FileBytes bytes;
    private final RecordStore records;
    private final FileSettings limits;
    private final InstantSource clock;

    public FileStore(RecordStore records, FileSettings limits, InstantSource clock) {
        this.bytes = new FileBytes(limits.directory());
        this.records = records;
        this.limits = limits;
        this.clock = clock;
    }

    /// Keeps a file; on return it is on disk.
    ///
    /// @throws FileRefusedException if it would break a bound; nothing is kept then
    public StoredFile save(FileFolder folder, NewFile file) {
        return save(folder, file, FileId.random());
    }

    /// Keeps a file in place of the one that was kept under the same key, if there is one.
    ///
    /// @throws FileRefusedException if it would break a bound
    StoredFile save(FileFolder folder, NewFile file, String key) {
        return save(folder, file, FileId.ofKey(folder.name() + "/" + key));
    }

    private StoredFile save(FileFolder folder, NewFile file, FileId id) {
        if (file.content().length > limits.maxFileBytes()) {
            throw new FileRefusedException(
                    "a file may have %d bytes but has %d"
                            .formatted(limits.maxFileBytes(), file.content().length));
        }
        var stored =
                new StoredFile(
                        id,
                        file.name(),
                        file.mediaType(),
                        file.content().length,
                        file.owner(),
                        file.runId(),
                        Instant.ofEpochMilli(clock.millis()));
        boolean isKept = find(folder, id).isPresent();
        bytes.write(folder, id, file.content());
        try {
            keep(folder, stored);
            isKept = true;
            return stored;
        } finally {
            if (!isKept) {
                bytes.delete(folder, id);
            }
        }
    }

    /// The bounds are looked at after the row is there: of two files at once, none slips through.
    private void keep(FileFolder folder, StoredFile stored) {
        String id = stored.id().value();
        if (records.find(space(folder), id).isPresent()) {
            records.put(space(folder), id, FileJson.write(stored));
        } else if (!records.add(space(folder), id, FileJson.write(stored), limits.maxFiles())) {
            throw new FileRefusedException(
                    "at most %d files may be kept here".formatted(limits.maxFiles()));
        }
        long all = list(folder).stream().mapToLong(StoredFile::bytes).sum();
        if (all > limits.maxFolderBytes()) {
            delete(folder, stored.id());
            throw new FileRefusedException(
                    "the files kept here may have %d bytes together"
                            .formatted(limits.maxFolderBytes()));
        }
    }

    public Optional<StoredFile> find(FileFolder folder, FileId id) {
        return records.find(space(folder), id.value()).map(FileJson::read);
    }

    /// Where the content of a file that was found is on disk; empty if it has been deleted since.
    public Optional<Path> content(FileFolder folder, FileId id) {
        return bytes.find(folder, id);
    }

    /// All files of a folder in the order in which they were kept.
    public List<StoredFile> list(FileFolder folder) {
        return records.list(space(folder), 0, RecordStore.MAX_LIMIT).stream()
                .map(FileJson::read)
                .toList();
    }

    /// Deletes a file; says whether there was one.
    public boolean delete(FileFolder folder, FileId id) {
        Optional<Row> removed = records.remove(space(folder), id.value());
        bytes.delete(folder, id);
        return removed.isPresent();
    }

    /// Deletes a folder with all its files.
    public void deleteAll(FileFolder folder) {
        records.clear(space(folder));
        bytes.deleteAll(folder);
    }

    /// Deletes what crashes left behind: bytes that nobody knows, and folders that are not wanted
    /// any more.
    ///
    /// @param before only what is older is looked at
    /// @param isWanted whether a folder is, to judge by its first file
    public void sweep(Instant before, BiPredicate<FileFolder, StoredFile> isWanted) {
        for (FileFolder folder : bytes.folders()) {
            List<StoredFile> known = list(folder);
            boolean isOld =
                    !known.isEmpty()
                            && known.stream().allMatch(it -> it.createdAt().isBefore(before));
            if (isOld && !isWanted.test(folder, known.getFirst())) {
                LOG.info("Deleted {} files that belong to nothing any more", known.size());
                deleteAll(folder);
            } else {
                bytes.deleteUnknown(folder, known.stream().map(StoredFile::id).toList(), before);
            }
        }
    }

    private static Space space(FileFolder folder) {
        return new Space(folder.tenant(), "files." + folder.name());
    }
}
