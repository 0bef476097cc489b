package org.assistantservice.run;

/// Named places on the way of a run where a test may stop the process. In production nothing
/// listens.
@FunctionalInterface
public interface Failpoints {
    /// No place does anything.
    Failpoints NONE = name -> {};

    /// The run has come to the place `name`, one of `before-ack`, `before-model`, `first-byte`,
    /// `mid-stream`, `after-send-before-log`, `after-plan`, `after-started`, `after-effect`,
    /// `after-result`, `before-finish`, `after-finish`.
    void reach(String name);
}
