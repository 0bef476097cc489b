package org.assistantservice.run;

/// Why a run that is under way has to stop before it is done.
enum StopReason {
    CANCELLED,
    EXPIRED,
    /// Another owner has it: drop everything, write nothing.
    LOST,
    /// This process ends; the run goes on elsewhere or after restart.
    SERVICE_STOPPING
}
