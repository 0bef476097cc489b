package org.assistantservice.plugin;

import java.util.List;

/// A pack cannot serve. Each problem is one sentence that names the JAR or the pack, what was found
/// and the remedy.
final class PackException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;
    private final boolean mayPass;

    private PackException(List<String> problems, boolean mayPass) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
        this.mayPass = mayPass;
    }

    PackException(List<String> problems) {
        this(problems, false);
    }

    PackException(String problem) {
        this(List.of(problem));
    }

    /// A problem that may come from the moment and not from the pack, such as a machine under load.
    static PackException thatMayPass(String problem) {
        return new PackException(List.of(problem), true);
    }

    /// The same refusal, for another thread that waited for it.
    PackException again() {
        return new PackException(problems, mayPass);
    }

    /// Whether the same pack may load at another time.
    boolean mayPass() {
        return mayPass;
    }

    /// All problems found, at least one.
    List<String> problems() {
        return problems;
    }
}
