package org.assistantservice.dispatch;

/// One callable action: JSON text in, JSON text out. The seam behind which an action may be a
/// method of a pack, a tool of another server or a worker process. Thread-safe.
public interface ActionInvoker {
    ActionDefinition definition();

    /// The threads that calls of this action run on; shared by all actions of a pack version.
    ActionPool pool();

    /// Checks arguments against the action's own schema. Runs no code of the author.
    ///
    /// @param argumentsJson the model's text; empty text means `{}`
    ArgumentCheck check(String argumentsJson);

    /// Runs the action on the calling thread and returns its result as text: a string as it is,
    /// every other value, null included, as JSON.
    ///
    /// @param argumentsJson arguments that [#check] found valid
    /// @throws ActionFailedException if the action threw, or its result cannot be turned into JSON
    /// @throws InterruptedException if the call was cancelled
    String invoke(String argumentsJson, CallContext context)
            throws ActionFailedException, InterruptedException;
}
