package org.assistantservice.assistant;

/// Something wrong in a configuration, or worth a warning.
///
/// @param pointer JSON pointer to the value, e.g. `/function_names/0`; empty for the whole document
/// @param reason the rule and the value found; never a secret's value
public record ConfigProblem(String pointer, String reason) {
    @Override
    public String toString() {
        return pointer.isEmpty() ? reason : pointer + ": " + reason;
    }
}
