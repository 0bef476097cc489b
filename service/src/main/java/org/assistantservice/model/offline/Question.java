package org.assistantservice.model.offline;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A question for an argument, worded so that it can be recognised in the history.
record Question(String function, String parameter) {
    private static final Pattern WORDING =
            Pattern.compile("^To call `([^`]+)` I still need the (?:[^`]*)`([^`]+)`");

    /// The question that an earlier answer of this model asked.
    static Optional<Question> in(String answer) {
        Matcher wording = WORDING.matcher(answer);
        return wording.find()
                ? Optional.of(new Question(wording.group(1), wording.group(2)))
                : Optional.empty();
    }

    static String wording(OfferedFunction function, OfferedParameter parameter) {
        String meaning =
                parameter.description().isBlank() ? "" : ": " + withoutEnd(parameter.description());
        return "To call `%s` I still need the `%s`%s. %s"
                .formatted(function.name(), parameter.name(), meaning, ask(parameter.type()));
    }

    private static String ask(ValueType type) {
        return switch (type) {
            case ValueType.Choice(List<String> values) ->
                    "Which one: %s?".formatted(String.join(", ", values));
            case ValueType.YesNo() -> "Yes or no?";
            case ValueType.Whole() -> "Which whole number should it be?";
            case ValueType.Decimal() -> "Which number should it be?";
            case ValueType.Many _ -> "Which ones, separated by commas?";
            case ValueType.Text _, ValueType.Group _ -> "What should it be?";
        };
    }

    private static String withoutEnd(String text) {
        return text.strip().replaceFirst("[.\\s]+$", "");
    }
}
