package org.assistantservice.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteDataSource;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library as a file in a folder beside its JAR. The driver unpacks it to a
/// temporary file at each start otherwise, and runs a program to learn which one: a tenth of a
/// second. The launcher names the folder to the driver; if the file cannot be loaded, the driver
/// unpacks its own.
public final class SqliteLibrary {
    private static final String JAR = ".jar";
    private static final String UNPACKED = ".native";

    private SqliteLibrary() {}

    /// Unpacks the library of this system, for later starts. It appears whole or not at all, and
    /// its folder is named as the JAR, so none of another version is loaded.
    ///
    /// @throws IOException also if the driver has none for this system
    public static void unpack() throws IOException {
        Path folder = Files.createDirectories(besideTheJar());
        Path unfinished = Files.createTempFile(folder, "unpacking", null);
        try (InputStream in = packed()) {
            Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            // Other users may run the service than the one who installs it.
            var _ = unfinished.toFile().setReadable(true, false);
            Files.move(
                    unfinished,
                    folder.resolve(LibraryLoaderUtil.getNativeLibName()),
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static InputStream packed() throws IOException {
        String name =
                LibraryLoaderUtil.getNativeLibResourcePath()
                        + '/'
                        + LibraryLoaderUtil.getNativeLibName();
        InputStream packed = SQLiteDataSource.class.getResourceAsStream(name);
        if (packed == null) {
            throw new FileNotFoundException("SQLite has no library " + name);
        }
        return packed;
    }

    private static Path besideTheJar() throws IOException {
        URL driver = SQLiteDataSource.class.getResource("SQLiteDataSource.class");
        if (driver == null || !(driver.openConnection() instanceof JarURLConnection connection)) {
            throw new FileNotFoundException("SQLite's driver is in no JAR but at " + driver);
        }
        try {
            String jar = Path.of(connection.getJarFileURL().toURI()).toString();
            return Path.of(jar.substring(0, jar.length() - JAR.length()) + UNPACKED);
        } catch (URISyntaxException e) {
            throw new IOException("No file has the address " + driver, e);
        }
    }
}
