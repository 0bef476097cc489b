package org.assistantservice.server;

import java.util.Optional;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants.Listing;
import org.assistantservice.run.RunErrorCode;
import org.assistantservice.run.RunException;

/// An assistant that is to answer.
public final class AvailableAssistant {
    private AvailableAssistant() {}

    /// The assistant of a listing.
    ///
    /// @param found by id, by name, or as the standard one
    /// @throws RunException if there is none, or it cannot serve
    public static Assistant of(Optional<Listing> found) {
        Listing listing =
                found.orElseThrow(() ->
                        new RunException(RunErrorCode.ASSISTANT_NOT_FOUND, "Assistant not found"));
        if (!listing.isAvailable()) {
            throw new RunException(RunErrorCode.ASSISTANT_UNAVAILABLE, listing.problem());
        }
        return listing.assistant();
    }
}
