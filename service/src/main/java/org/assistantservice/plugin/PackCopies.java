package org.assistantservice.plugin;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Private copies of packs, by content: `<directory>/<pack>/<digest>/…jar`. What is loaded is never
/// a file that somebody else may overwrite. A copy appears whole, under its digest, or not at all;
/// it is not forced to disk, but verified whenever it is opened. For one writing thread per pack;
/// any thread may open copies.
final class PackCopies {
    private static final Logger LOG = LoggerFactory.getLogger(PackCopies.class);
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String UNFINISHED = ".copy-";
    private static final int KEPT_PER_PACK = 3;

    private final Path directory;
    private final PackCheck check;
    private final Clock clock;

    PackCopies(Path directory, PackCheck check, Clock clock) {
        this.directory = directory;
        this.check = check;
        this.clock = clock;
    }

    /// Copies a pack, or finds that it is copied already.
    ///
    /// @return the copy; empty if the pack changed meanwhile and must be looked at again
    /// @throws PackException if the JARs are not fit to be loaded
    /// @throws IOException if reading or copying failed; may be tried again
    Optional<PackCopy> copy(PackFolder folder) throws PackException, IOException {
        check.checkSizes(folder.jars());
        Optional<String> announced = digest(folder, Optional.empty());
        if (announced.isEmpty()) {
            return Optional.empty();
        }
        Optional<PackCopy> known = open(folder.name(), announced.get());
        return known.isPresent() ? known : copyAs(announced.get(), folder);
    }

    /// The copy of a version, if it is there and whole.
    ///
    /// @param digest as it was stored; anything that is no digest names no copy
    /// @throws PackException if the limits of today refuse what was copied
    Optional<PackCopy> open(String pack, String digest) throws PackException, IOException {
        Optional<PackCopy> copy = find(pack, digest);
        if (copy.isPresent()) {
            check.check(copy.get().jars());
        }
        return copy;
    }

    /// The copy of a version, if it is there and whole; perhaps checked under other limits.
    private Optional<PackCopy> find(String pack, String digest) throws IOException {
        if (!PackFolder.isValidName(pack) || !DIGEST.matcher(digest).matches()) {
            return Optional.empty();
        }
        Path version = directory.resolve(pack).resolve(digest);
        if (!Files.isDirectory(version)) {
            return Optional.empty();
        }
        List<PackCopy.Jar> jars = jarsIn(version);
        PackDigest found = new PackDigest();
        for (PackCopy.Jar jar : jars) {
            found.add(jar.name(), jar.path(), Files.size(jar.path()), Optional.empty());
        }
        if (!found.hex().equals(digest)) {
            LOG.warn("The copy {} is damaged; deleting it", version);
            deleteTree(version);
            return Optional.empty();
        }
        return Optional.of(used(pack, digest, jars));
    }

    private PackCopy used(String pack, String digest, List<PackCopy.Jar> jars) throws IOException {
        Path version = directory.resolve(pack).resolve(digest);
        Files.setLastModifiedTime(version, FileTime.from(clock.instant()));
        return new PackCopy(pack, digest, jars);
    }

    /// Deletes copies that nobody needs: of each pack all but the newest three and those named, and
    /// whatever a crash left unfinished. Not while a pack is being copied.
    ///
    /// @param digestsInUse versions that a run may still ask for, or that are loaded
    void deleteOld(Set<String> digestsInUse) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        for (Path pack : childrenOf(directory)) {
            List<Path> versions = new ArrayList<>();
            for (Path child : childrenOf(pack)) {
                if (nameOf(child).startsWith(UNFINISHED)) {
                    deleteTree(child);
                } else if (DIGEST.matcher(nameOf(child)).matches()) {
                    versions.add(child);
                }
            }
            deleteAllButNewest(versions, digestsInUse);
        }
    }

    private Optional<PackCopy> copyAs(String digest, PackFolder folder)
            throws PackException, IOException {
        Path versions = Files.createDirectories(directory.resolve(folder.name()));
        Path unfinished = Files.createTempDirectory(versions, UNFINISHED);
        try {
            Optional<String> copied = digest(folder, Optional.of(unfinished));
            if (!copied.equals(Optional.of(digest))) {
                return Optional.empty();
            }
            check.check(jarsIn(unfinished));
            Path version = versions.resolve(digest);
            // What was written has been digested on its way; another's copy has not.
            return move(unfinished, version)
                    ? Optional.of(used(folder.name(), digest, jarsIn(version)))
                    : find(folder.name(), digest);
        } finally {
            deleteTree(unfinished);
        }
    }

    private static Optional<String> digest(PackFolder folder, Optional<Path> target)
            throws IOException {
        PackDigest digest = new PackDigest();
        try {
            for (PackFolder.Jar jar : folder.jars()) {
                Optional<Path> copy = target.map(it -> it.resolve(jar.name()));
                if (!digest.add(jar.name(), jar.path(), jar.size(), copy)) {
                    return Optional.empty();
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("Pack {} changed while it was read", folder.name(), e);
            return Optional.empty();
        }
        return Optional.of(digest.hex());
    }

    /// Lets a version appear.
    ///
    /// @return false if it is there already
    private static boolean move(Path unfinished, Path version) throws IOException {
        try {
            Files.move(unfinished, version, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            LOG.debug("{} was copied by somebody else", version, e);
            return false;
        }
    }

    private static void deleteAllButNewest(List<Path> versions, Set<String> digestsInUse)
            throws IOException {
        record Aged(Path path, FileTime used) {}
        List<Aged> aged = new ArrayList<>();
        for (Path version : versions) {
            aged.add(new Aged(version, Files.getLastModifiedTime(version)));
        }
        aged.sort(Comparator.comparing(Aged::used).reversed());
        for (Aged old : aged.subList(Math.min(KEPT_PER_PACK, aged.size()), aged.size())) {
            if (!digestsInUse.contains(nameOf(old.path()))) {
                deleteTree(old.path());
                LOG.debug("Deleted the old copy {}", old.path());
            }
        }
    }

    private static List<PackCopy.Jar> jarsIn(Path version) throws IOException {
        try (Stream<Path> files = Files.walk(version)) {
            return files.filter(Files::isRegularFile)
                    .map(it -> new PackCopy.Jar(nameWithin(version, it), it))
                    .sorted(Comparator.comparing(PackCopy.Jar::name))
                    .toList();
        }
    }

    private static String nameWithin(Path version, Path file) {
        return version.relativize(file).toString().replace('\\', '/');
    }

    private static List<Path> childrenOf(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }
}
