package org.assistantservice.dispatch;

/// Names one action of one pack.
///
/// @param pack the pack's folder name
/// @param action the action's name, unique within its pack
public record ActionRef(String pack, String action) {
    /// `<pack>.<action>`, the form configs may use when the bare name is not unique.
    public String qualified() {
        return pack + "." + action;
    }

    @Override
    public String toString() {
        return qualified();
    }
}
