package org.assistantservice.model.offline;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        return functions.stream()
                .flatMap(function -> of(function, text).stream())
                .max(Comparator.comparingDouble(FunctionMatch::score));
    }

    private static Optional<FunctionMatch> of(OfferedFunction function, String text) {
        List<String> words = Words.tellingOf(text);
        if (!isAskedFor(function, words)) {
            return Optional.empty();
        }
        Set<String> name = function.nameWords();
        double score = 0;
        boolean byName = false;
        for (String word : new LinkedHashSet<>(words)) {
            double weight = weight(function, name, word);
            score += weight;
            byName |= weight == IN_NAME;
        }
        if (!words.isEmpty() && name.contains(words.getFirst())) {
            score += FIRST_WORD;
        }
        if (!byName && score < ENOUGH_WITHOUT_NAME) {
            return Optional.empty();
        }
        score += arguments(function, text) - UNKNOWN_WORD * unknown(function, words);
        return Optional.of(new FunctionMatch(function, score, byName));
    }

    /// A function that changes something must be asked for by that very deed, and a deed is never
    /// answered by a function that does something else.
    private static boolean isAskedFor(OfferedFunction function, List<String> words) {
        String deed = function.deed();
        if (!deed.isEmpty() && !words.contains(deed)) {
            return false;
        }
        Set<String> known = function.allWords();
        return words.isEmpty()
                || !Words.isDeed(words.getFirst())
                || known.contains(words.getFirst());
    }

    private static long unknown(OfferedFunction function, List<String> words) {
        Set<String> known = function.allWords();
        return words.stream().filter(word -> !known.contains(word)).count();
    }

    private static double weight(OfferedFunction function, Set<String> name, String word) {
        if (name.contains(word)) {
            return IN_NAME;
        }
        double weight = Words.of(function.description()).contains(word) ? IN_DESCRIPTION : 0;
        for (OfferedParameter parameter : function.parameters()) {
            if (Words.of(parameter.spoken()).contains(word)) {
                return IN_PARAMETER;
            }
            if (parameter.type() instanceof ValueType.Choice(var choices)
                    && Words.of(String.join(" ", choices)).contains(word)) {
                weight = Math.max(weight, IN_CHOICE);
            }
            if (Words.of(parameter.description()).contains(word)) {
                weight = Math.max(weight, IN_DESCRIPTION);
            }
        }
        return weight;
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
