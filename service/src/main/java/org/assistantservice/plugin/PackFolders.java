package org.assistantservice.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds packs: folders with JARs directly in them or in their `lib/`. Hidden files and `target/`
/// do not count. Thread-safe.
final class PackFolders {
    private static final String BUILD_OUTPUT = "target";
    private static final String LIBRARIES = "lib";

    /// What class paths, JAR URLs or log lines would misread.
    private static final Pattern MISREAD = Pattern.compile("[\\p{Cntrl}/\\\\:;!%#?*\"<>|]");

    private final Path directory;
    private final int maxJars;

    PackFolders(Path directory, int maxJars) {
        this.directory = directory;
        this.maxJars = maxJars;
    }

    Path directory() {
        return directory;
    }

    /// All packs, sorted by name.
    ///
    /// @throws NoSuchFileException if the directory is missing
    /// @throws IOException if the directory cannot be read; nothing is known of its packs then
    List<PackFolder> find() throws IOException {
        return list(directory).stream()
                .filter(Files::isDirectory)
                .filter(it -> !nameOf(it).equals(BUILD_OUTPUT))
                .map(this::look)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(PackFolder::name))
                .toList();
    }

    private Optional<PackFolder> look(Path folder) {
        String name = shown(nameOf(folder));
        List<PackFolder.Jar> jars = new ArrayList<>();
        try {
            addJars(jars, folder, "");
            addJars(jars, folder.resolve(LIBRARIES), LIBRARIES + "/");
        } catch (IOException e) {
            return Optional.of(new PackFolder(name, List.of(), List.of(unreadable(name, e))));
        }
        if (jars.isEmpty()) {
            return Optional.empty();
        }
        jars.sort(Comparator.comparing(PackFolder.Jar::name));
        return Optional.of(new PackFolder(name, jars, problems(nameOf(folder), jars)));
    }

    private List<String> problems(String folder, List<PackFolder.Jar> jars) {
        List<String> problems = new ArrayList<>();
        if (!PackFolder.isValidName(folder)) {
            problems.add(
                    ("A pack's name has 1 to 64 characters of A-Z, a-z, 0-9, '_', '.' and '-' and"
                                    + " starts with a letter or digit, but the folder is named"
                                    + " '%s': rename it.")
                            .formatted(shown(folder)));
        }
        if (jars.size() > maxJars) {
            problems.add(
                    ("Pack '%s' has %d JARs, more than the %d that"
                                    + " assistant-service.packs.jars.max-per-pack allows. Remove"
                                    + " some, or raise that setting.")
                            .formatted(shown(folder), jars.size(), maxJars));
        }
        jars.stream()
                .map(jar -> nameOf(jar.path()))
                .filter(name -> MISREAD.matcher(name).find())
                .map(PackFolders::misread)
                .forEach(problems::add);
        return problems;
    }

    private static void addJars(List<PackFolder.Jar> jars, Path folder, String prefix)
            throws IOException {
        List<Path> found;
        try {
            found = list(folder);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // No lib folder, or a folder that went away while we looked.
        }
        for (Path path : found) {
            if (nameOf(path).toLowerCase(Locale.ROOT).endsWith(".jar")) {
                jar(path, prefix).ifPresent(jars::add);
            }
        }
    }

    private static Optional<PackFolder.Jar> jar(Path path, String prefix) throws IOException {
        try {
            var file = Files.readAttributes(path, BasicFileAttributes.class);
            return file.isRegularFile()
                    ? Optional.of(
                            new PackFolder.Jar(
                                    prefix + nameOf(path),
                                    path,
                                    file.size(),
                                    file.lastModifiedTime(),
                                    file.fileKey()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(it -> !nameOf(it).startsWith(".")).toList();
        } catch (UncheckedIOException e) {
            throw new IOException("Cannot list " + folder, e.getCause());
        }
    }

    private static String misread(String jar) {
        return ("The JAR name '%s' has a character that class paths misread (control characters and"
                        + " \\ : ; ! %% # ? * \" < > |): rename it.")
                .formatted(shown(jar));
    }

    private static String unreadable(String pack, IOException e) {
        return "The folder of pack '%s' cannot be read (%s): give the service the right to read it."
                .formatted(pack, e.getClass().getSimpleName());
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static String shown(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
