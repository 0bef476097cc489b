package org.assistantservice.plugin;

import java.nio.file.Path;
import java.util.List;

/// A private copy of one version of a pack, whole and checked.
///
/// @param digest SHA-256 of the names and contents of the JARs, 64 hexadecimal digits
/// @param jars sorted by name, as they stand on the class path
record PackCopy(String pack, String digest, List<Jar> jars) {
    PackCopy {
        jars = List.copyOf(jars);
    }

    /// @param name path within the pack, e.g. `lib/csv.jar`
    /// @param path the copy
    record Jar(String name, Path path) {}

    /// Enough of the digest to tell versions apart in logs and thread names.
    String shortDigest() {
        return digest.substring(0, 12);
    }
}
