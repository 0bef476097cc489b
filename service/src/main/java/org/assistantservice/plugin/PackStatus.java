package org.assistantservice.plugin;

import java.util.List;

/// How one pack is doing.
///
/// @param name the folder's name
/// @param digest of the version that serves; empty if none does
/// @param actions names of the actions that serve
/// @param problems what is wrong, one sentence each: why the newest version was refused, or why the
///   pack is quarantined; empty when all is well
public record PackStatus(
        String name, State state, String digest, List<String> actions, List<String> problems) {
    public PackStatus {
        actions = List.copyOf(actions);
        problems = List.copyOf(problems);
    }

    public enum State {
        /// The newest version serves.
        READY,
        /// A newer version was refused; the one before it serves.
        SERVING_OLD,
        /// Nothing serves.
        REFUSED,
        /// Loaded, but takes no calls: too many of them never came back.
        QUARANTINED
    }
}
