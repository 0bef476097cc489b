package org.assistantservice.plugin;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A pack's folder as it was found at one moment. Two equal values mean that nothing changed.
///
/// @param name the folder's name, which is the pack's
/// @param jars sorted by name
/// @param problems why the folder cannot be a pack whatever its JARs hold; usually empty
record PackFolder(String name, List<Jar> jars, List<String> problems) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    PackFolder {
        jars = List.copyOf(jars);
        problems = List.copyOf(problems);
    }

    /// A JAR and what tells that it was replaced.
    ///
    /// @param name path within the pack, e.g. `weather.jar` or `lib/csv.jar`
    /// @param fileKey identity of the file on its disk, if the file system has one
    record Jar(String name, Path path, long size, FileTime modified, @Nullable Object fileKey) {}

    static boolean isValidName(String name) {
        return NAME.matcher(name).matches();
    }

    /// Whether every JAR was last written before this moment.
    boolean writtenBefore(Instant moment) {
        return jars.stream().allMatch(jar -> jar.modified().toInstant().isBefore(moment));
    }
}
