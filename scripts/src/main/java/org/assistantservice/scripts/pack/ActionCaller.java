package org.assistantservice.scripts.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.assistantservice.assistant.AssistantConfigJson;
import org.assistantservice.assistant.ParsedConfig;
import org.assistantservice.dispatch.ActionCall;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionExecutor;
import org.assistantservice.dispatch.ActionExecutor.Ready;
import org.assistantservice.dispatch.ActionExecutor.Refused;
import org.assistantservice.dispatch.ActionLimits;
import org.assistantservice.dispatch.ActionOutcome;
import org.assistantservice.dispatch.ActionRef;
import org.assistantservice.dispatch.AssistantScope;
import org.assistantservice.dispatch.CallContext;
import org.assistantservice.dispatch.CancelToken;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;

/// Calls one action as a run would: same checks, deadline and failure texts. Its settings are those
/// of the pack's own `assistant.json`; its data lies in a folder of the command line's own.
final class ActionCaller {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String SCOPE = "command-line";

    private final ActionExecutor executor;
    private final Path assistantsFolder;
    private final Consumer<String> progress;

    ActionCaller(Path assistantsFolder, ActionLimits limits, Consumer<String> progress) {
        this.executor = new ActionExecutor(InstantSource.system(), limits);
        this.assistantsFolder = assistantsFolder;
        this.progress = progress;
    }

    /// @throws InvalidAssistantException if the pack has an `assistant.json` that cannot be read
    ActionOutcome call(ActionCatalog catalog, ActionRef ref, String argumentsJson)
            throws IOException, InterruptedException, InvalidAssistantException {
        var call = new ActionCall(CallId.random(), ref.action(), argumentsJson);
        CorrelationId correlation = CorrelationId.random();
        return switch (executor.check(catalog, ref, call, correlation)) {
            case Refused(var outcome) -> outcome;
            case Ready ready ->
                    executor.execute(ready, context(call, correlation, settingsOf(ref.pack())));
        };
    }

    private CallContext context(ActionCall call, CorrelationId correlation, String settingsJson) {
        RunId run = RunId.random();
        return new CallContext(
                run,
                ThreadId.random(),
                call.id(),
                correlation,
                Principal.ANONYMOUS,
                run + "/1/0",
                Instant.now().plus(LONGEST),
                new AssistantScope(SCOPE, "1", settingsJson),
                new CancelToken(),
                progress);
    }

    private String settingsOf(String pack) throws IOException, InvalidAssistantException {
        Path file = assistantsFolder.resolve(pack).resolve("assistant.json");
        if (!Files.isRegularFile(file)) {
            return "{}";
        }
        return switch (AssistantConfigJson.parse(Files.readAllBytes(file))) {
            case ParsedConfig.Valid(var config, _) -> config.settingsJson();
            case ParsedConfig.Invalid(var draft, _, _) -> draft.settingsJson();
            case ParsedConfig.NotJson(var reason) ->
                    throw new InvalidAssistantException(
                            "%s is not JSON: %s".formatted(file, reason));
        };
    }
}
