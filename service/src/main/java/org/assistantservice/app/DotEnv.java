package org.assistantservice.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads a `.env` file: lines `NAME=value`, optionally after `export`, the value optionally in
/// quotes; empty lines and lines that begin with `#` are skipped.
public final class DotEnv {
    private DotEnv() {}

    /// The file's settings, or none if there is no such file.
    ///
    /// @throws IOException if the file cannot be read
    public static Map<String, String> read(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return values;
        }
        for (String line : Files.readAllLines(file)) {
            String setting = line.strip();
            if (setting.startsWith("export ")) {
                setting = setting.substring("export ".length()).strip();
            }
            int equals = setting.indexOf('=');
            if (equals > 0 && !setting.startsWith("#")) {
                values.put(
                        setting.substring(0, equals).strip(),
                        unquoted(setting.substring(equals + 1).strip()));
            }
        }
        return values;
    }

    private static String unquoted(String value) {
        if (value.length() >= 2) {
            char first = value.charAt(0);
            if ((first == '"' || first == '\'') && value.charAt(value.length() - 1) == first) {
                return value.substring(1, value.length() - 1);
            }
        }
        return value;
    }
}
