package org.assistantservice.run;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.run.RunStep.ToolCalls;
import org.assistantservice.thread.Message;

/// What the model is shown: what the caller brought, the thread up to the run's own message, and
/// the run's rounds of calls.
final class ModelContext {
    private ModelContext() {}

    static List<ModelMessage> of(
            List<RunRequest.Said> earlier, List<Message> history, List<RunStep> steps) {
        List<ModelMessage> messages = new ArrayList<>();
        for (RunRequest.Said said : earlier) {
            messages.add(said(said.role(), said.text()));
        }
        for (Message message : history) {
            messages.add(said(message.role(), message.text()));
        }
        for (RunStep step : steps) {
            if (step.details() instanceof ToolCalls round) {
                addRound(messages, round);
            }
        }
        return messages;
    }

    private static ModelMessage said(Message.Role role, String text) {
        return switch (role) {
            case USER -> new ModelMessage.User(text);
            case ASSISTANT -> new ModelMessage.Assistant(text, List.of());
        };
    }

    private static void addRound(List<ModelMessage> messages, ToolCalls round) {
        messages.add(
                new ModelMessage.Assistant(
                        round.text(),
                        round.calls().stream()
                                .map(call ->
                                        new ModelToolCall(
                                                call.id().value(),
                                                call.name(),
                                                call.argumentsJson(),
                                                call.extraJson()))
                                .toList()));
        for (ToolCall call : round.calls()) {
            String output = call.output();
            messages.add(
                    new ModelMessage.ToolResult(
                            call.id().value(), call.name(), output == null ? "" : output));
        }
    }
}
