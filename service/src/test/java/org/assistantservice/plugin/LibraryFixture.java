package org.assistantservice.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.CatalogLease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A library of packs in a folder of its own.
abstract class LibraryFixture {
    static final ActionRef VERSION = new ActionRef("demo", "version");

    @TempDir Path root;

    PackLibrary library;

    @BeforeEach
    void open() {
        library = open(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        library.close();
    }

    PackLibrary open(Duration loadTimeout) {
        return new PackLibrary(
                DemoPack.settings(root, loadTimeout), DemoPack.LIMITS, new ReflectiveBinder());
    }

    Path folder(String pack) {
        return root.resolve("packs").resolve(pack);
    }

    void write(String file, String text) throws IOException {
        Path path = root.resolve("packs").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    void pollTwice() throws InterruptedException {
        library.poll();
        library.poll();
    }

    String version() throws ReflectiveOperationException {
        try (CatalogLease lease = library.lease()) {
            return call(lease.catalog());
        }
    }

    static String call(ActionCatalog catalog) throws ReflectiveOperationException {
        return ReflectiveBinder.call(catalog.find(VERSION).orElseThrow());
    }

    PackStatus statusOf(String pack) {
        return library.status().stream()
                .filter(it -> it.name().equals(pack))
                .findFirst()
                .orElseThrow();
    }
}
