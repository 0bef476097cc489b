package org.assistantservice.protocol.commander;

import java.time.Instant;
import java.util.List;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.FileId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;

/// A user of the protocol and the assistant made for them.
///
/// @param imageFolder a UUID, under which the images of their thread are served
/// @param instructions as the user wrote them
record User(
        UserKey key,
        String imageFolder,
        String name,
        String instructions,
        AssistantId assistantId,
        ThreadId threadId,
        List<UserFile> files,
        Instant createdAt) {

    User {
        files = List.copyOf(files);
    }

    Principal owner() {
        return key.owner();
    }

    Listed listed() {
        return new Listed(key, imageFolder, name, threadId);
    }

    /// What is kept of a user in a small row, for lists of all.
    record Listed(UserKey key, String imageFolder, String name, ThreadId threadId) {}

    /// @param name last part of the path it came from
    record UserFile(FileId id, String name) {}

    /// Whose user it is, and its name, which is compared exactly.
    record UserKey(Principal owner, String userName) {}
}
