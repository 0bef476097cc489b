package org.assistantservice.actions.testkit;

import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Param;

/// Actions for the tests of the kit. Thread-safe.
public final class GreetingActions {
    private final ActionSettings settings;

    public GreetingActions(ActionSettings settings) {
        this.settings = settings;
    }

    @Action(name = "greet", description = "Greets somebody.")
    public String greet(@Param("First name") String name, ActionContext context) {
        if (name.isBlank()) {
            throw new ActionException("name must not be blank");
        }
        context.progress("Greeting " + name);
        return settings.text("word", "Hello") + " " + name;
    }

    @Action(name = "folder", description = "Says where data is kept.")
    public String folder() {
        return settings.dataDir().toString();
    }
}
