package org.assistantservice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Which state of the code was measured.
final class Commit {
    static final String UNKNOWN = "unknown";

    private Commit() {}

    /// The commit of the checkout that holds `folder`, as `git` says it, e.g. `f085f88` or, with
    /// changes that are not committed, `f085f88-dirty`; `unknown` without a checkout or `git`.
    static String of(Path folder) throws InterruptedException {
        List<String> command =
                List.of("git", "describe", "--always", "--dirty", "--exclude=*", "--abbrev=7");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            // A hook of git's is told its repository in this way.
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            Process git = builder.start();
            String commit =
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 && !commit.isEmpty() ? commit : UNKNOWN;
        } catch (IOException e) {
            // There is no git, so nothing can be said.
            return UNKNOWN;
        }
    }
}
