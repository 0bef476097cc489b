package org.assistantservice.dispatch;

import org.assistantservice.identity.FileId;

/// Keeps the files that actions make. Calls block; thread-safe.
public interface ActionFiles {
    /// Takes files and forgets them, for places where nobody could ask for them.
    ActionFiles FORGETTING = (_, _, _, _) -> FileId.random().value();

    /// Keeps a file for the thread that the call works for; on return it is on disk.
    ///
    /// @param mediaType e.g. `image/png`
    /// @return its id, e.g. `file-0VxB3kq0aZx7Wn2VbTyEo5Mf`
    /// @throws ActionFailedException if it may not be kept; says why
    String keep(CallContext call, String name, String mediaType, byte[] content)
            throws ActionFailedException;
}
