package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.model.ModelMessage.Assistant;
import org.assistantservice.model.ModelMessage.ToolResult;
import org.assistantservice.model.ModelMessage.User;
import org.assistantservice.model.ModelToolCall;

/// What of a conversation matters for the next turn.
///
/// @param results of the calls just made; empty if the user speaks
/// @param said the user's last message, or an empty text
/// @param lastCall the last call made before that message
/// @param pending a call that waits for arguments that were asked for
record Talk(
        List<ToolResult> results,
        String said,
        Optional<ModelToolCall> lastCall,
        Optional<Pending> pending) {

    /// Longer messages are read up to here.
    private static final int MAX_CHARACTERS = 2_000;

    /// A call that the user asked for without all of its arguments.
    ///
    /// @param request the message that asked for it
    /// @param answers what was answered since, by parameter
    record Pending(String function, String request, Map<String, String> answers) {}

    static Talk of(List<ModelMessage> messages) {
        List<ToolResult> results = new ArrayList<>();
        int end = messages.size();
        while (end > 0 && messages.get(end - 1) instanceof ToolResult result) {
            results.addFirst(result);
            end--;
        }
        String said =
                end > 0 && messages.get(end - 1) instanceof User(String text)
                        ? beginning(text)
                        : "";
        return new Talk(results, said, lastCall(messages), pending(messages));
    }

    private static Optional<ModelToolCall> lastCall(List<ModelMessage> messages) {
        for (ModelMessage message : messages.reversed()) {
            if (message instanceof Assistant assistant && !assistant.calls().isEmpty()) {
                return Optional.of(assistant.calls().getLast());
            }
        }
        return Optional.empty();
    }

    /// Walks back over questions about one function and their answers, to the message before them.
    private static Optional<Pending> pending(List<ModelMessage> messages) {
        Map<String, String> answers = new LinkedHashMap<>();
        String function = "";
        int at = messages.size() - 1;
        while (at >= 2
                && messages.get(at) instanceof User(String answer)
                && messages.get(at - 1) instanceof Assistant asked) {
            Optional<Question> question = Question.in(asked.text());
            if (question.isEmpty() || !isAbout(function, question.get())) {
                break;
            }
            function = question.get().function();
            answers.putIfAbsent(question.get().parameter(), beginning(answer));
            at -= 2;
        }
        return !function.isEmpty() && messages.get(at) instanceof User(String request)
                ? Optional.of(new Pending(function, beginning(request), answers))
                : Optional.empty();
    }

    private static boolean isAbout(String function, Question question) {
        return function.isEmpty() || function.equals(question.function());
    }

    private static String beginning(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
    }
}
