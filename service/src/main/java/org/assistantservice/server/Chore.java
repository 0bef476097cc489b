package org.assistantservice.server;

/// Work that keeps the service tidy: done once after the start and then every hour, one chore after
/// the other. Every bean of this type is.
public interface Chore {
    /// Does it; may block. What it throws is logged, and it is done again an hour later.
    void run();
}
