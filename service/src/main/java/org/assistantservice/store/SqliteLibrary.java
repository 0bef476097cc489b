package org.assistantservice.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteDataSource;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library as a file beside its JAR. The driver unpacks it to a temporary file at
/// each start otherwise, and runs a program to learn which one: a tenth of a second. The file is as
/// trusted as the JAR beside it and has the JAR's name, so none of another version is loaded.
public final class SqliteLibrary {
    private static final String FOLDER_SETTING = "org.sqlite.lib.path";
    private static final String NAME_SETTING = "org.sqlite.lib.name";
    private static final String JAR = ".jar";
    private static final String UNPACKED = ".native";

    private SqliteLibrary() {}

    /// Unpacks the library of this system, for later starts; it appears whole or not at all.
    ///
    /// @return where it is
    /// @throws IOException also if the driver has none for this system
    public static Path unpack() throws IOException {
        Path target = file();
        String resource =
                LibraryLoaderUtil.getNativeLibResourcePath()
                        + '/'
                        + LibraryLoaderUtil.getNativeLibName();
        Path unfinished = Files.createTempFile(target.getParent(), "unpacking", UNPACKED);
        try (InputStream in = SQLiteDataSource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("SQLite has no library " + resource);
            }
            Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            // Other users may run the service than the one who installs it.
            var _ = unfinished.toFile().setReadable(true, false);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return target;
    }

    /// Has the driver load the file if it is there, unless the process was told of another. Before
    /// the driver's first use; if the file cannot be loaded, the driver unpacks its own.
    static void use() {
        Path library = file();
        if (System.getProperty(FOLDER_SETTING) == null && Files.isRegularFile(library)) {
            System.setProperty(FOLDER_SETTING, String.valueOf(library.getParent()));
            System.setProperty(NAME_SETTING, String.valueOf(library.getFileName()));
        }
    }

    private static Path file() {
        try {
            URI jar =
                    SQLiteDataSource.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI();
            String path = Path.of(jar).toString();
            return Path.of(path.substring(0, path.length() - JAR.length()) + UNPACKED);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A class path's entry is a valid address", e);
        }
    }
}
