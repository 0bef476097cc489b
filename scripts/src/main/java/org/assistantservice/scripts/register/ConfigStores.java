package org.assistantservice.scripts.register;

import org.assistantservice.assistant.AssistantStore;
import org.assistantservice.assistant.FolderAssistantStore;
import org.assistantservice.assistant.gcs.GcsAssistantStore;
import org.assistantservice.scripts.Settings;

/// Chooses the store of assistant configurations as the service does.
public final class ConfigStores {
    private ConfigStores() {}

    /// The bucket in production, else the local folder.
    ///
    /// @throws org.assistantservice.assistant.AssistantStoreException if it cannot be used
    public static Opened open(Settings settings) {
        if (settings.isProduction()) {
            GcsAssistantStore bucket = GcsAssistantStore.open(settings.gcs());
            return new Opened(bucket, bucket::close);
        }
        return new Opened(
                new FolderAssistantStore(settings.assistants().configsDirectory()), () -> {});
    }

    /// @param release lets go of connections
    public record Opened(AssistantStore store, Runnable release) implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }
}
