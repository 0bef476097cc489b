package org.assistantservice.dispatch;

/// How a call ended, with the text that the model receives and clients see. A call never ends a
/// run.
public sealed interface ActionOutcome {
    /// Text for the model.
    String output();

    record Succeeded(String output) implements ActionOutcome {}

    record Failed(Reason reason, String output) implements ActionOutcome {}

    /// Why a call failed; stored with the call.
    enum Reason {
        INVALID_JSON,
        NOT_AVAILABLE,
        INVALID_ARGUMENTS,
        EXECUTION_FAILED,
        TIMED_OUT,
        CANCELLED,
        /// All threads of the pack were busy until the call's time was up.
        OVERLOADED,
        /// The pack is quarantined.
        QUARANTINED
    }
}
