package org.assistantservice.assistant;

import java.util.List;
import java.util.Optional;
import org.assistantservice.identity.AssistantId;

/// Keeps assistant configurations; the truth about which assistants there are. Thread-safe; several
/// processes may use the same store at once.
public interface AssistantStore {
    /// Where it is, for messages, e.g. `data/configs`.
    String location();

    /// Every configuration, what the service wrote first. A document that cannot be read is in the
    /// list and says why.
    ///
    /// @throws AssistantStoreException if the store does not answer
    List<StoredConfig> list();

    /// What the service wrote for this assistant; never a document placed by hand.
    ///
    /// @throws AssistantStoreException if the store does not answer
    Optional<StoredConfig> read(AssistantId id);

    /// Writes all or nothing, durably, if the precondition still holds.
    ///
    /// @return the new generation
    /// @throws AssistantConflictException if it does not hold; nothing was written
    /// @throws AssistantStoreException if the store does not answer; whether it was written is not
    ///   known
    String write(AssistantId id, String json, Precondition precondition);

    /// Removes what the service wrote for this assistant.
    ///
    /// @throws AssistantConflictException if its generation is another, or it is not there
    /// @throws AssistantStoreException if the store does not answer
    void delete(AssistantId id, String generation);

    /// What a write expects to replace.
    sealed interface Precondition {
        /// Nothing is stored for this assistant.
        record Absent() implements Precondition {}

        /// What is stored is still this generation.
        record Unchanged(String generation) implements Precondition {}
    }
}
