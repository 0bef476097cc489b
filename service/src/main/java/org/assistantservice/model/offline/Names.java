package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds names of places, people and things in a sentence: after a preposition, or by their
/// capitals.
final class Names {
    private static final Pattern TOKEN =
            Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{N}'’-]*|\\p{N}[\\p{L}\\p{N}]*|\\S");
    private static final Set<String> ARTICLES = Set.of("the", "a", "an", "my", "city", "town");
    private static final Set<String> CONNECTORS =
            Set.of(
                    "de", "do", "da", "dos", "del", "la", "le", "of", "the", "am", "an", "der",
                    "von");
    private static final Set<String> PREPOSITIONS =
            Set.of("in", "for", "of", "to", "at", "from", "near", "about", "around", "on", "by");
    private static final Set<String> STOPS =
            Set.of(
                    "and",
                    "or",
                    "please",
                    "pls",
                    "today",
                    "tomorrow",
                    "tonight",
                    "yesterday",
                    "now",
                    "right",
                    "this",
                    "next",
                    "week",
                    "weekend",
                    "with",
                    "that",
                    "which",
                    "because",
                    "since",
                    "is",
                    "are",
                    "was",
                    "will",
                    "be",
                    "do",
                    "does",
                    "like",
                    "look",
                    "then",
                    "as",
                    "thanks",
                    "via",
                    "me",
                    "it",
                    "them",
                    "us",
                    "you",
                    "i",
                    "if",
                    "but",
                    "so",
                    "currently",
                    "over",
                    "within",
                    "during",
                    "the",
                    "coming",
                    "days",
                    "day");
    private static final int MAX_PLAIN_WORDS = 3;
    private static final Map<String, List<String>> WAYS =
            Map.of(
                    "from", List.of("from"),
                    "origin", List.of("from"),
                    "source", List.of("from"),
                    "departure", List.of("from"),
                    "to", List.of("to"),
                    "destination", List.of("to", "for"),
                    "target", List.of("to", "for"),
                    "recipient", List.of("to", "for"),
                    "arrival", List.of("to"));
    private static final List<String> USUAL =
            List.of("in", "for", "at", "near", "of", "around", "about", "from", "to", "on", "by");

    private record Token(String text, int start, int end) {
        String lower() {
            return text.toLowerCase(Locale.ROOT);
        }

        boolean isWord() {
            return Character.isLetterOrDigit(text.codePointAt(0));
        }

        boolean isCapital() {
            return Character.isUpperCase(text.codePointAt(0)) && !text.equals("I");
        }
    }

    private final Sentence sentence;
    private final Set<String> ofFunction;

    /// @param ofFunction words of the function in their compared form; no name consists of them
    Names(Sentence sentence, Set<String> ofFunction) {
        this.sentence = sentence;
        this.ofFunction = ofFunction;
    }

    /// Takes the names that suit a parameter, several if they are listed with commas or `and`.
    List<String> take(OfferedParameter parameter) {
        List<Token> tokens = tokens();
        String key = Words.spoken(parameter.name()).split(" ", -1)[0];
        for (String preposition : WAYS.getOrDefault(key, USUAL)) {
            for (int i = 0; i < tokens.size(); i++) {
                if (tokens.get(i).lower().equals(preposition)) {
                    List<String> found = listAt(tokens, i + 1, true);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
        }
        return capitals(tokens);
    }

    /// Takes what is left of a sentence that names neither: `weather lisbon`.
    List<String> takeLeftOver() {
        List<String> words = new ArrayList<>();
        for (Token token : tokens()) {
            boolean telling =
                    token.isWord()
                            && !PREPOSITIONS.contains(token.lower())
                            && !STOPS.contains(token.lower())
                            && !Words.of(token.text()).isEmpty()
                            && !isOfFunction(token);
            if (telling) {
                words.add(token.text());
            }
        }
        return words.isEmpty() || words.size() > MAX_PLAIN_WORDS
                ? List.of()
                : List.of(String.join(" ", words));
    }

    private List<String> capitals(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean atStart = i == 0 || !tokens.get(i - 1).isWord();
            boolean common = isOfFunction(token) || Words.of(token.text()).isEmpty();
            if (token.isCapital() && !common && (!atStart || !isCommonStart(token))) {
                return listAt(tokens, i, false);
            }
        }
        return List.of();
    }

    private static boolean isCommonStart(Token token) {
        return Words.of(token.text()).stream().allMatch(w -> Words.isLookUp(w) || Words.isDeed(w))
                || STOPS.contains(token.lower());
    }

    /// The names from a place on: `Lisbon, Porto and Faro`.
    private List<String> listAt(List<Token> tokens, int from, boolean plainWords) {
        List<String> names = new ArrayList<>();
        int at = from;
        while (at < tokens.size()) {
            int start = at;
            while (start < tokens.size() && ARTICLES.contains(tokens.get(start).lower())) {
                start++;
            }
            int end = nameEnd(tokens, start, plainWords);
            if (end == start) {
                break;
            }
            names.add(taken(tokens.get(start), tokens.get(end - 1)));
            at = end + separators(tokens, end);
            if (at == end || at >= tokens.size()) {
                break;
            }
        }
        return names;
    }

    private static int separators(List<Token> tokens, int from) {
        int at = from;
        while (at < tokens.size() && Set.of(",", "and", "&").contains(tokens.get(at).lower())) {
            at++;
        }
        return at - from;
    }

    private int nameEnd(List<Token> tokens, int start, boolean plainWords) {
        if (start < tokens.size() && tokens.get(start).isCapital()) {
            return capitalEnd(tokens, start);
        }
        int end = start;
        while (plainWords && end < tokens.size() && end - start < MAX_PLAIN_WORDS) {
            Token token = tokens.get(end);
            boolean stop =
                    !token.isWord()
                            || PREPOSITIONS.contains(token.lower())
                            || STOPS.contains(token.lower())
                            || isOfFunction(token)
                            || Words.of(token.text()).isEmpty();
            if (stop) {
                break;
            }
            end++;
        }
        return end;
    }

    private int capitalEnd(List<Token> tokens, int start) {
        if (isOfFunction(tokens.get(start))) {
            return start;
        }
        int end = start + 1;
        while (end < tokens.size()) {
            Token token = tokens.get(end);
            boolean connects =
                    CONNECTORS.contains(token.lower())
                            && end + 1 < tokens.size()
                            && tokens.get(end + 1).isCapital();
            if (!token.isCapital() && !connects) {
                break;
            }
            end++;
        }
        return end;
    }

    private String taken(Token first, Token last) {
        String name = sentence.rest().substring(first.start(), last.end());
        sentence.blank(first.start(), last.end());
        return name;
    }

    private boolean isOfFunction(Token token) {
        List<String> words = Words.of(token.text());
        return !words.isEmpty() && ofFunction.containsAll(words);
    }

    private List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sentence.rest());
        while (matcher.find()) {
            tokens.add(new Token(matcher.group(), matcher.start(), matcher.end()));
        }
        return tokens;
    }
}
