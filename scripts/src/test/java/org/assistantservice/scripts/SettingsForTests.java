package org.assistantservice.scripts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Settings of a folder and an environment that a test makes up.
public final class SettingsForTests {
    private SettingsForTests() {}

    public static Settings of(Map<String, String> environment, Path folder) throws IOException {
        return Settings.read(environment, folder);
    }
}
