package org.assistantservice.thread;

import java.time.Instant;
import org.assistantservice.identity.ThreadId;

/// Remembers which thread a client's own name stands for. A name belongs to one principal: the same
/// name of another one stands for another thread. Calls block; thread-safe.
///
/// Every method may throw [StoreUnavailableException].
public interface ThreadAliases {
    /// The thread that the owner of `otherwise` has under this name. Without one, `otherwise` is
    /// stored and gets the name; of several callers at once one does so, and all get its thread.
    ///
    /// @param otherwise made at the time of this use, which is remembered to within a day
    ThreadId named(ThreadAlias alias, ChatThread otherwise);

    /// Forgets names that were surely not used since a moment, so that one is kept up to a day
    /// longer than it might be; their threads stay. At most some hundreds at once, so that nobody
    /// else waits long.
    ///
    /// @return whether there may be more
    boolean forget(String space, Instant unusedSince);
}
