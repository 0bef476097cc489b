package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words as the offline model compares them: lower case, without endings, synonyms made one.
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern CAMEL =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|[_\\-.\\s]+");

    private static final Pattern CONTRACTION = Pattern.compile("['’](s|m|re|ve|ll|d|t)\\b");
    private static final List<String> HISSING = List.of("xes", "ches", "shes", "sses", "zes");

    /// Words that say nothing about what is wanted.
    private static final Set<String> EMPTY =
            plain(
                    "a an the this that these those and or but of in on at to for from by with about as"
                            + " is are was were be been am do does did can could will would shall"
                            + " should may might must i me my we us our you your he she it its they"
                            + " them their what which who whose when where why how please thanks"
                            + " thank hi hello hey now today so then there here just also too any"
                            + " some all have has had want need like know let if e g eg example one"
                            + " current currently latest");

    /// Words that only say that something is to be looked up.
    private static final Set<String> LOOK_UP =
            stems(
                    "show list get find give tell look fetch search see check display lookup read"
                            + " view query retrieve up out");

    /// Words at the start of a function's name that say it changes something.
    private static final Set<String> DEEDS_IN_NAMES =
            stems(
                    "refund create delete update cancel send book buy pay transfer assign approve"
                            + " reject submit schedule subscribe unsubscribe rename move ship charge"
                            + " issue restart reset enable disable notify invite publish upload"
                            + " import purge wipe drop kill close open place post put set write start"
                            + " stop order return archive restore merge block unblock");

    /// Those of them that are deeds in a user's words, too, and hardly ever anything else.
    private static final Set<String> DEEDS =
            stems(
                    "refund create delete update cancel send book buy pay transfer assign approve"
                            + " reject submit schedule subscribe unsubscribe rename restart reset"
                            + " enable disable notify invite publish upload purge wipe");

    /// Words at the start of a function's name that say it keeps a thought.
    private static final Set<String> KEEPING = stems("save keep note remember jot");

    private static final Map<String, String> SYNONYMS =
            synonyms(
                    "reimburse=refund add=create make=create register=create remove=delete"
                            + " erase=delete change=update edit=update modify=update"
                            + " purchase=order client=customer temperature=weather rain=weather"
                            + " rainy=weather snow=weather sunny=weather humid=weather"
                            + " humidity=weather wind=weather windy=weather hot=weather"
                            + " cold=weather warm=weather degree=weather");

    private Words() {}

    /// All words of a text but the empty ones, in order, in their compared form.
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(CONTRACTION.matcher(text).replaceAll(""));
        while (word.find()) {
            String plain = word.group().toLowerCase(Locale.ROOT);
            if (!EMPTY.contains(plain)) {
                String stem = stem(plain);
                words.add(SYNONYMS.getOrDefault(stem, stem));
            }
        }
        return words;
    }

    /// Like [#of], without words for looking up.
    static List<String> tellingOf(String text) {
        return of(text).stream().filter(word -> !LOOK_UP.contains(word)).toList();
    }

    static boolean isLookUp(String word) {
        return LOOK_UP.contains(word);
    }

    /// Whether a word of a user asks for something to be changed.
    static boolean isDeed(String word) {
        return DEEDS.contains(word);
    }

    static boolean isKeeping(String word) {
        return KEEPING.contains(word);
    }

    static boolean isDeedInName(String word) {
        return DEEDS_IN_NAMES.contains(word);
    }

    /// An identifier as one would say it: `getWeather`, `get_weather` are `get weather`.
    static String spoken(String identifier) {
        return String.join(" ", CAMEL.split(identifier.strip())).strip().toLowerCase(Locale.ROOT);
    }

    /// `get_weather` is `weather`, `refund_order` is `refund order`.
    static String spokenWithoutLookUp(String identifier) {
        String[] words = spoken(identifier).split(" ", 2);
        return words.length == 2 && isLookUp(stem(words[0])) ? words[1] : String.join(" ", words);
    }

    /// The word without the endings of plurals and verbs; the same for all forms of most words.
    private static String stem(String word) {
        String stem = withoutEnding(word);
        return stem.length() > 3 && stem.endsWith("e") ? cut(stem, 1) : stem;
    }

    private static String withoutEnding(String word) {
        int length = word.length();
        if (length > 4 && word.endsWith("ies")) {
            return cut(word, 3) + "y";
        }
        if (HISSING.stream().anyMatch(word::endsWith)) {
            return cut(word, 2);
        }
        if (length > 3 && word.endsWith("s") && "sui".indexOf(word.charAt(length - 2)) < 0) {
            return cut(word, 1);
        }
        if (length > 5 && word.endsWith("ing")) {
            return single(cut(word, 3));
        }
        return length > 4 && word.endsWith("ed") ? single(cut(word, 2)) : word;
    }

    private static String cut(String word, int characters) {
        return word.substring(0, word.length() - characters);
    }

    /// `shipp` is `ship`.
    private static String single(String stem) {
        int last = stem.length() - 1;
        boolean doubled = last > 2 && stem.charAt(last) == stem.charAt(last - 1);
        return doubled && !stem.endsWith("ss") ? stem.substring(0, last) : stem;
    }

    private static Set<String> plain(String list) {
        return Set.of(list.split("\\s+", -1));
    }

    private static Set<String> stems(String list) {
        return Arrays.stream(list.split("\\s+", -1))
                .map(Words::stem)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> synonyms(String pairs) {
        return Arrays.stream(pairs.split("\\s+", -1))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toUnmodifiableMap(pair -> stem(pair[0]), pair -> stem(pair[1])));
    }
}
