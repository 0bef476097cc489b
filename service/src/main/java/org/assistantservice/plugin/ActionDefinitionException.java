package org.assistantservice.plugin;

import java.util.List;

/// A pack's author made mistakes in annotations or signatures. Each problem is one sentence with
/// rule, value found and remedy, followed by the place, e.g. `Parameter 'city' has no @Param: the
/// model cannot know what to pass. Add @Param("…") at WeatherActions.current (weather.jar).`
public final class ActionDefinitionException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    public ActionDefinitionException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /// All problems found, at least one.
    public List<String> problems() {
        return problems;
    }
}
