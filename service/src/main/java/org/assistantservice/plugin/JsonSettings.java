package org.assistantservice.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Secret;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The settings of one assistant as its configuration says them, placeholders resolved. Messages
/// name the setting and never its value.
record JsonSettings(ObjectNode values, Path directory) implements ActionSettings {
    @Override
    public String text(String key) {
        return scalar(required(key), key);
    }

    @Override
    public String text(String key, String fallback) {
        return isAbsent(key) ? fallback : text(key);
    }

    @Override
    public long number(String key) {
        String text = text(key);
        try {
            return new BigInteger(text.strip()).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Setting '%s' must be a whole number of at most 64 bits".formatted(key), e);
        }
    }

    @Override
    public long number(String key, long fallback) {
        return isAbsent(key) ? fallback : number(key);
    }

    @Override
    public boolean flag(String key, boolean fallback) {
        if (isAbsent(key)) {
            return fallback;
        }
        return switch (text(key).strip()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "Setting '%s' must be true or false".formatted(key));
        };
    }

    @Override
    public Secret secret(String key) {
        String text = text(key);
        if (text.isBlank()) {
            throw new IllegalArgumentException("Setting '%s' must not be blank".formatted(key));
        }
        return Secret.of(text);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(values.propertyNames()));
    }

    @Override
    public Path dataDir() {
        try {
            return Files.createDirectories(directory.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Without the values, which may be secrets.
    @Override
    public String toString() {
        return "settings " + names();
    }

    private boolean isAbsent(String key) {
        JsonNode value = values.get(key);
        return value == null || value.isNull();
    }

    private JsonNode required(String key) {
        if (isAbsent(key)) {
            throw new IllegalArgumentException("Setting '%s' is missing".formatted(key));
        }
        return values.get(key);
    }

    private static String scalar(JsonNode value, String key) {
        if (value.isContainer()) {
            throw new IllegalArgumentException(
                    "Setting '%s' must be a text, number or boolean".formatted(key));
        }
        return value.isString() ? value.asString() : value.toString();
    }
}
