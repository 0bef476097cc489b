package org.assistantservice.protocol.commander;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.knowledge.FileSettings;
import org.assistantservice.store.EmbeddedStore;
import org.assistantservice.store.StoreSettings;

/// What tests of this room begin with.
final class Samples {
    static final Principal ANNA = new Principal(TenantId.DEFAULT, "anna");

    private Samples() {}

    static EmbeddedStore store(Path directory) {
        return EmbeddedStore.open(
                new StoreSettings(directory, "", false), null, InstantSource.system());
    }

    static FileSettings files(Path directory) {
        return new FileSettings(directory.resolve("files"), 1000, 100, 100_000);
    }

    /// @param fetchAllowed hosts with ports
    static CommanderSettings settings(String... fetchAllowed) {
        return new CommanderSettings(
                "analyst",
                "",
                "",
                100,
                20,
                1000,
                Duration.ofSeconds(60),
                List.of(fetchAllowed),
                1000);
    }
}
