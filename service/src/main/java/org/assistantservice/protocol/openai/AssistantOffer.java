package org.assistantservice.protocol.openai;

import java.util.List;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.model.ToolSpec;

/// What an assistant comes to with the packs and models of this moment. Thread-safe; calls are
/// quick.
public interface AssistantOffer {
    /// Its functions as the model is offered them; those whose pack is missing are left out.
    List<ToolSpec> tools(Assistant assistant);

    /// The model it asks for: its own, or the configured default.
    String model(Assistant assistant);
}
