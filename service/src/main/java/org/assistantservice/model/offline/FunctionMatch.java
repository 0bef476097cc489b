package org.assistantservice.model.offline;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assistantservice.model.offline.OfferedFunction.KnownWords;
import tools.jackson.databind.JsonNode;

/// How well a function suits what the user says.
///
/// @param byName whether a word of its name was said
record FunctionMatch(OfferedFunction function, double score, boolean byName) {
    private static final double IN_NAME = 3;
    private static final double IN_PARAMETER = 2;
    private static final double IN_CHOICE = 1.5;
    private static final double IN_DESCRIPTION = 1;
    private static final double FIRST_WORD = 1;
    private static final double ARGUMENT = 1;
    private static final double UNKNOWN_WORD = 0.25;
    private static final double ENOUGH_WITHOUT_NAME = 2;

    /// The best of the functions that the user may mean.
    static Optional<FunctionMatch> best(List<OfferedFunction> functions, String text) {
        Set<String> words = new LinkedHashSet<>(Words.tellingOf(text));
        return functions.stream()
                .flatMap(function -> of(function, text, words).stream())
                .max(Comparator.comparingDouble(FunctionMatch::score));
    }

    private static Optional<FunctionMatch> of(
            OfferedFunction function, String text, Set<String> words) {
        String first = words.isEmpty() ? "" : words.iterator().next();
        if (!isAskedFor(function, words, first)) {
            return Optional.empty();
        }
        double score = function.words().inName().contains(first) ? FIRST_WORD : 0;
        boolean byName = false;
        for (String word : words) {
            double weight = weight(function.words(), word);
            score += weight;
            byName |= weight == IN_NAME;
        }
        return byName || score >= ENOUGH_WITHOUT_NAME
                ? Optional.of(
                        new FunctionMatch(function, score + arguments(function, text), byName))
                : Optional.empty();
    }

    /// A function that changes something must be asked for by that very deed, and a deed is never
    /// answered by a function that does something else.
    private static boolean isAskedFor(OfferedFunction function, Set<String> words, String first) {
        String deed = function.deed();
        return (deed.isEmpty() || words.contains(deed))
                && (!Words.isDeed(first) || function.words().contains(first));
    }

    private static double weight(KnownWords known, String word) {
        if (known.inName().contains(word)) {
            return IN_NAME;
        }
        if (known.inParameters().contains(word)) {
            return IN_PARAMETER;
        }
        if (known.inChoices().contains(word)) {
            return IN_CHOICE;
        }
        return known.inDescriptions().contains(word) ? IN_DESCRIPTION : -UNKNOWN_WORD;
    }

    private static double arguments(OfferedFunction function, String text) {
        Map<String, JsonNode> found =
                new ArgumentFinder(text, function).find(function.parameters());
        double points = 0;
        for (OfferedParameter parameter : function.required()) {
            points += found.containsKey(parameter.name()) ? ARGUMENT : -ARGUMENT;
        }
        return points;
    }
}
