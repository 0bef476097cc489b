package org.assistantservice.run;

/// Named places on the way of a run where a test may stop the process. In production nothing
/// listens.
@FunctionalInterface
public interface Failpoints {
    /// No place does anything.
    Failpoints NONE = name -> {};

    /// The run, or the process, has come to the place `name`, one of `before-ack`, `before-model`,
    /// `first-byte`, `after-send-before-log`, `mid-stream`, `after-plan`, `after-started`,
    /// `after-effect`, `after-result`, `before-finish`, `after-finish`, `during-drain`.
    void reach(String name);
}
