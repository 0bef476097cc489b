package org.assistantservice.scripts.pack;

import java.io.IOException;
import java.util.List;
import org.assistantservice.dispatch.ActionSource;
import org.assistantservice.plugin.PackStatus;
import org.assistantservice.scripts.Settings;

/// The packs that a service would serve, loaded for one command. Closing unloads them.
public interface Packs extends AutoCloseable {
    ActionSource actions();

    /// How each pack is doing, by name.
    List<PackStatus> status();

    @Override
    void close();

    /// Loads them.
    @FunctionalInterface
    interface Opener {
        /// @throws IOException if there is no room for copies
        Packs open(Settings settings) throws IOException, InterruptedException;
    }
}
