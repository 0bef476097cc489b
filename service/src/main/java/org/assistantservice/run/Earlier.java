package org.assistantservice.run;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.model.EstimatedTokens;
import org.assistantservice.run.RunRequest.Said;
import org.assistantservice.thread.Message;

/// The part of a conversation brought by its caller that the model is shown.
final class Earlier {
    private Earlier() {}

    /// The newest messages that fit beside the request's own, oldest first. As with stored threads,
    /// a message is shown whole or not at all, and an answer whose question was left out is too.
    ///
    /// @param mostTokens of all messages together, by estimate
    static List<Said> of(RunRequest request, int mostTokens) {
        List<Said> all = request.options().earlier();
        if (all.isEmpty()) {
            return all;
        }
        List<Said> newestFirst = new ArrayList<>();
        long tokens = EstimatedTokens.ofMessage(request.message());
        for (Said said : all.reversed()) {
            tokens += EstimatedTokens.ofMessage(said.text());
            if (tokens > mostTokens) {
                return newestFirst.reversed().stream()
                        .dropWhile(it -> it.role() == Message.Role.ASSISTANT)
                        .toList();
            }
            newestFirst.add(said);
        }
        return all;
    }
}
