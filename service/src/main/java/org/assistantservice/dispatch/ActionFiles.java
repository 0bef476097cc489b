package org.assistantservice.dispatch;

import org.assistantservice.identity.FileId;

/// Keeps the files that actions make. Calls block; thread-safe.
public interface ActionFiles {
    /// Takes files and forgets them, for places where nobody could ask for them.
    ActionFiles FORGETTING = (_, _) -> FileId.random().value();

    /// Keeps a file for the thread that the call works for; on return it is on disk. The same place
    /// of the same call, run again, is the same file.
    ///
    /// @return its id, e.g. `file-0VxB3kq0aZx7Wn2VbTyEo5Mf`
    /// @throws ActionFailedException if it may not be kept; says why
    String keep(CallContext call, MadeFile file) throws ActionFailedException;

    /// A file that an action made.
    ///
    /// @param place how many files the call kept before
    /// @param mediaType e.g. `image/png`
    record MadeFile(
            int place,
            String name,
            String mediaType,
            @SuppressWarnings("ArrayRecordComponent") // nobody compares files to be kept
                    byte[] content) {
        @Override
        public String toString() {
            return "MadeFile[%d, %s, %s, %d bytes]"
                    .formatted(place, name, mediaType, content.length);
        }
    }
}
