package org.assistantservice.model.offline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assistantservice.model.offline.ValueType.Decimal;
import org.assistantservice.model.offline.ValueType.Whole;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Takes values of recognisable kinds out of a sentence: choices, yes and no, dates, keys, numbers.
/// For one thread.
final class Values {
    private static final JsonNodeFactory JSON = JsonMapper.shared().getNodeFactory();
    private static final Pattern DEGREES = Pattern.compile("(?i)°\\s?([CFK])\\b");
    private static final Pattern KEY_PREFIX = Pattern.compile("^([A-Za-z]+[-_]?)\\d");

    private final Sentence sentence;

    Values(Sentence sentence) {
        this.sentence = sentence;
    }

    /// The first choice that the sentence names, in any case; `in_progress` is also `in progress`.
    @Nullable JsonNode choice(List<String> choices) {
        for (String choice : choices) {
            String pattern =
                    "(?iu)(?:\\bin )?(?<![\\p{L}\\p{N}])%s(?:s|es)?(?![\\p{L}\\p{N}])"
                            .formatted(loosely(choice));
            if (sentence.take(Pattern.compile(pattern)).isPresent()) {
                return JSON.stringNode(choice);
            }
        }
        return sentence.take(DEGREES)
                .flatMap(letter -> beginningWith(letter, choices))
                .orElse(null);
    }

    private static Optional<JsonNode> beginningWith(String letter, List<String> choices) {
        return choices.stream()
                .filter(choice -> choice.regionMatches(true, 0, letter, 0, 1))
                .findFirst()
                .map(JSON::stringNode);
    }

    /// True if the sentence names the parameter, false if it does so with `no` or `without`.
    @Nullable JsonNode yesNo(OfferedParameter parameter) {
        String name = loosely(parameter.spoken());
        String not = "(?i)\\b(?:no|not|without|don't|non)\\s+(?:\\w+\\s)?%s\\b".formatted(name);
        if (sentence.take(Pattern.compile(not)).isPresent()) {
            return JSON.booleanNode(false);
        }
        Pattern yes = Pattern.compile("(?i)\\b" + name + "\\b");
        return sentence.take(yes).isPresent() ? JSON.booleanNode(true) : null;
    }

    /// A text that its format or name gives a form.
    @Nullable JsonNode formatted(OfferedParameter parameter, String format) {
        Pattern pattern =
                switch (format) {
                    case "date" -> Sentence.DATE;
                    case "date-time" -> Sentence.TIMESTAMP;
                    case "time" -> Sentence.TIME;
                    case "email" -> Sentence.EMAIL;
                    case "uri", "url" -> Sentence.URL;
                    default -> byName(parameter.spoken().toLowerCase(Locale.ROOT));
                };
        return pattern == null ? null : text(sentence.take(pattern));
    }

    private static @Nullable Pattern byName(String name) {
        if (name.contains("mail")) {
            return Sentence.EMAIL;
        }
        if (name.endsWith("date") || name.endsWith("day")) {
            return Sentence.DATE;
        }
        return name.endsWith("url") || name.endsWith("link") ? Sentence.URL : null;
    }

    /// A key that follows a word of the parameter's name, or looks like its example, or, if it has
    /// none, is the only one there. Several of the same look make a list.
    @Nullable JsonNode key(OfferedParameter parameter) {
        Matcher example = KEY_PREFIX.matcher(parameter.example());
        boolean hasLook = example.find();
        String look =
                hasLook ? Pattern.quote(example.group(1)) + "\\d[\\w-]*" : "#?[\\w-]*\\d[\\w-]*";
        Optional<String> named = Optional.empty();
        for (String word : parameter.spoken().split(" ", -1)) {
            String pattern =
                    "(?i)\\b%s?s?\\s+(?:id |number |no\\.? )?#?(%s)"
                            .formatted(Pattern.quote(word.replaceFirst("s$", "")), look);
            named = named.isPresent() ? named : sentence.take(Pattern.compile(pattern));
        }
        if (hasLook) {
            return listed(named, sentence.takeAll(Pattern.compile("(?i)\\b" + look)));
        }
        return text(
                named.or(() -> sentence.take(Sentence.KEY))
                        .or(() -> sentence.take(Sentence.WHOLE)));
    }

    private static @Nullable JsonNode listed(Optional<String> first, List<String> others) {
        ArrayNode all = JSON.arrayNode();
        first.ifPresent(all::add);
        others.forEach(all::add);
        return all.size() > 1 ? all : all.isEmpty() ? null : all.get(0);
    }

    /// A number next to a word of its parameter's name: `limit 5`, `3 days`.
    @Nullable JsonNode numberBesideName(OfferedParameter parameter) {
        if (!isNumber(parameter.type())) {
            return null;
        }
        for (String word : parameter.spoken().split(" ", -1)) {
            String noun = Pattern.quote(word.replaceFirst("s$", "")) + "s?";
            Pattern pattern =
                    Pattern.compile(
                            "(?i)\\b%s\\s+(?:of\\s+|is\\s+)?\\$?(-?\\d+(?:[.,]\\d+)?)\\b|(?<![\\w-])(\\d+(?:[.,]\\d+)?)\\s+(?:\\w+\\s+)?%s\\b"
                                    .formatted(noun, noun));
            Optional<String> value = sentence.take(pattern);
            if (value.isPresent()) {
                return Answers.number(value.get(), parameter.type()).orElse(null);
            }
        }
        return null;
    }

    /// The next number that nobody has taken.
    @Nullable JsonNode number(ValueType type) {
        if (!isNumber(type)) {
            return null;
        }
        Pattern digits = type instanceof Whole ? Sentence.WHOLE : Sentence.NUMBER;
        return sentence.take(digits)
                .or(() -> sentence.take(Answers.NUMBER_WORD))
                .flatMap(text -> Answers.number(text, type))
                .orElse(null);
    }

    static boolean isNumber(ValueType type) {
        return type instanceof Whole || type instanceof Decimal;
    }

    /// A pattern for the words of a name, however they are joined.
    static String loosely(String name) {
        String[] words = Words.spoken(name).split(" ", -1);
        StringBuilder pattern = new StringBuilder();
        for (String word : words) {
            pattern.append(pattern.isEmpty() ? "" : "[\\s_-]?").append(Pattern.quote(word));
        }
        return pattern.toString();
    }

    static @Nullable JsonNode text(Optional<String> value) {
        return value.<JsonNode>map(JSON::stringNode).orElse(null);
    }
}
