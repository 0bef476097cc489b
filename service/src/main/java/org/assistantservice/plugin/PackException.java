package org.assistantservice.plugin;

import java.util.List;

/// A pack cannot serve. Each problem is one sentence that names the JAR or the pack, what was found
/// and the remedy.
final class PackException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    PackException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    PackException(String problem) {
        this(List.of(problem));
    }

    /// All problems found, at least one.
    List<String> problems() {
        return problems;
    }
}
