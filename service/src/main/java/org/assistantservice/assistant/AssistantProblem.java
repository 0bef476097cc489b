package org.assistantservice.assistant;

/// Something wrong with the stored assistants that an operator should know of. It stops nothing
/// else.
///
/// @param source the document or setting, e.g. `weather/assistant.json`
/// @param reason what is wrong and what serves meanwhile
public record AssistantProblem(String source, String reason) {
    @Override
    public String toString() {
        return source + ": " + reason;
    }
}
