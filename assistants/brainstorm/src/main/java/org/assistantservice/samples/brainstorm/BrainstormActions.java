package org.assistantservice.samples.brainstorm;

import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;

/// Keeps the ideas that users want to keep. It has no settings. Thread-safe.
public final class BrainstormActions {
    private static final int LONGEST = 2000;

    private final IdeaFiles ideas;

    public BrainstormActions(ActionSettings settings) {
        if (!settings.names().isEmpty()) {
            throw new IllegalArgumentException(
                    "There are no settings, but there is '%s'"
                            .formatted(settings.names().iterator().next()));
        }
        ideas = new IdeaFiles(settings.dataDir());
    }

    @Action(
            name = "save_idea",
            description =
                    "Saves one idea to the user's list. Call it only when the user asks to save"
                            + " ideas, once for each idea.",
            effect = Effect.IDEMPOTENT,
            notice = "Saving an idea")
    public String saveIdea(
            @Param("The idea alone, ready to be shown in a list, e.g. Call the cat Whiskers")
                    String text,
            ActionContext context) {
        if (text.isBlank()) {
            throw new ActionException("text must not be empty");
        }
        int length = text.codePointCount(0, text.length());
        if (length > LONGEST) {
            throw new ActionException(
                    "text must have at most %d characters but has %d".formatted(LONGEST, length));
        }
        ideas.save(context.threadId(), context.idempotencyKey(), text);
        return "Idea saved";
    }
}
