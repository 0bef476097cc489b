package org.assistantservice.plugin;

import java.nio.file.Path;
import java.util.function.Function;
import org.assistantservice.dispatch.ActionLimits;
import org.jspecify.annotations.Nullable;

/// What the service gives the actions of a pack beside their arguments.
///
/// @param variables value of an environment variable by name, or null if it is not set
/// @param dataDirectory below it each pack has a folder per assistant: `<assistant id>/<pack>`
/// @param limits bounds of arguments and results
public record ActionEnvironment(
        Function<String, @Nullable String> variables, Path dataDirectory, ActionLimits limits) {

    public ActionEnvironment(Function<String, @Nullable String> variables, Path dataDirectory) {
        this(variables, dataDirectory, ActionLimits.STANDARD);
    }
}
