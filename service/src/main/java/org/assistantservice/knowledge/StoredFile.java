package org.assistantservice.knowledge;

import java.time.Instant;
import org.assistantservice.identity.FileId;
import org.assistantservice.identity.RunId;
import org.jspecify.annotations.Nullable;

/// What is known of a file.
///
/// @param name as its maker called it; for people, never part of a path
/// @param mediaType in lower case without parameters, e.g. `image/png`
/// @param bytes its size
/// @param owner name of the principal it is kept for
/// @param runId the run in which an action made it; null for a file that a user brought
public record StoredFile(
        FileId id,
        String name,
        String mediaType,
        long bytes,
        String owner,
        @Nullable RunId runId,
        Instant createdAt) {}
