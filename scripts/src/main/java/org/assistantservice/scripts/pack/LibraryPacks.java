package org.assistantservice.scripts.pack;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.plugin.ActionEnvironment;
import org.assistantservice.plugin.PackLibrary;
import org.assistantservice.plugin.PackStatus;
import org.assistantservice.scripts.Settings;
import org.slf4j.LoggerFactory;

/// The packs of `ASSISTANTS_DIR`. Their private copies are in a temporary folder, since the other
/// one belongs to a service that may be running.
///
/// @param copies deleted when this is closed
public record LibraryPacks(PackLibrary library, Path copies) implements Packs {
    private static final String REFUSALS = "org.assistantservice.plugin.PackUpdates";

    /// Loads every pack that is there.
    ///
    /// @throws IOException if there is no room for copies
    public static LibraryPacks open(Settings settings) throws IOException, InterruptedException {
        leaveRefusalsToCommands();
        Path copies = Files.createTempDirectory("assistant-scripts-");
        var packs = settings.packs(copies);
        var environment =
                new ActionEnvironment(
                        settings.variables()::get, packs.actionDataDirectory(), settings.actions());
        var opened = new LibraryPacks(PackLibrary.of(packs, settings.jars(), environment), copies);
        try {
            opened.library().scan();
            return opened;
        } catch (InterruptedException e) {
            opened.close();
            throw e;
        }
    }

    /// Commands print the problems of packs; a warning in the log would say them a second time.
    private static void leaveRefusalsToCommands() {
        if (LoggerFactory.getLogger(REFUSALS) instanceof Logger log
                && log.getEffectiveLevel() == Level.WARN) {
            log.setLevel(Level.ERROR);
        }
    }

    @Override
    public ActionSource actions() {
        return library;
    }

    @Override
    public List<PackStatus> status() {
        return library.status();
    }

    @Override
    public void close() {
        library.close();
        try (Stream<Path> files = Files.walk(copies)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger("packs").log(System.Logger.Level.WARNING, "Left behind: " + copies, e);
        }
    }
}
