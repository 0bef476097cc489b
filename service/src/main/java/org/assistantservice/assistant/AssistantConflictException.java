package org.assistantservice.assistant;

import org.assistantservice.identity.AssistantId;

/// Somebody else changed a stored configuration in the meantime: read again and decide again.
public final class AssistantConflictException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AssistantConflictException(AssistantId id, String location) {
        super("%s in %s was changed by somebody else in the meantime".formatted(id, location));
    }
}
