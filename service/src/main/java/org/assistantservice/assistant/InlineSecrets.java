package org.assistantservice.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Finds secrets written into `settings` where `${NAME}`, a variable of the environment, belongs.
final class InlineSecrets {
    private static final Pattern SECRET_KEY =
            Pattern.compile("password|passwd|secret|token|api[_-]?key|private[_-]?key|credential");
    private static final Pattern SECRET_VALUE =
            Pattern.compile(
                    "sk-[A-Za-z0-9_-]{12,}|gh[pousr]_[A-Za-z0-9]{20,}|AKIA[A-Z0-9]{16}"
                            + "|AIza[A-Za-z0-9_-]{30,}|xox[abpr]-[A-Za-z0-9-]{10,}"
                            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private final List<ConfigProblem> warnings = new ArrayList<>();

    private InlineSecrets() {}

    /// One warning a place; the value itself is never in it.
    static List<ConfigProblem> warnings(JsonNode root) {
        InlineSecrets secrets = new InlineSecrets();
        secrets.check("/settings", "", root.path("settings"));
        return secrets.warnings;
    }

    private void check(String pointer, String key, JsonNode node) {
        if (node.isString()) {
            checkText(pointer, key, node.stringValue());
        }
        node.properties()
                .forEach(it ->
                        check(
                                pointer + "/" + ConfigFields.escaped(it.getKey()),
                                it.getKey(),
                                it.getValue()));
        if (node.isArray()) {
            int index = 0;
            for (JsonNode element : node.values()) {
                check(pointer + "/" + index++, key, element);
            }
        }
    }

    private void checkText(String pointer, String key, String text) {
        boolean isNamedSo = SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find();
        if (SECRET_VALUE.matcher(text).find()
                || (isNamedSo && !text.isEmpty() && !text.contains("${"))) {
            warnings.add(
                    new ConfigProblem(
                            pointer,
                            "looks like a secret written into the configuration; write ${NAME} and"
                                    + " set the environment variable NAME"));
        }
    }
}
