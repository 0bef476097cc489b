package org.assistantservice.samples.analyst;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the entities that models write, e.g. `&amp;` and `&#39;`, into what they stand for.
final class HtmlEntities {
    private static final Pattern ENTITY =
            Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,6}));");
    private static final int HEX = 16;

    /// Those that XML has, and those that are common in letters.
    private static final Map<String, String> NAMED =
            Map.ofEntries(
                    Map.entry("amp", "&"),
                    Map.entry("lt", "<"),
                    Map.entry("gt", ">"),
                    Map.entry("quot", "\""),
                    Map.entry("apos", "'"),
                    Map.entry("nbsp", "\u00a0"),
                    Map.entry("euro", "€"),
                    Map.entry("pound", "£"),
                    Map.entry("cent", "¢"),
                    Map.entry("yen", "¥"),
                    Map.entry("copy", "©"),
                    Map.entry("reg", "®"),
                    Map.entry("trade", "™"),
                    Map.entry("ndash", "–"),
                    Map.entry("mdash", "—"),
                    Map.entry("hellip", "…"),
                    Map.entry("lsquo", "‘"),
                    Map.entry("rsquo", "’"),
                    Map.entry("ldquo", "“"),
                    Map.entry("rdquo", "”"),
                    Map.entry("bull", "•"));

    private HtmlEntities() {}

    /// Once: what an entity stands for is not looked at again. Unknown ones stay as they are.
    static String decoded(String text) {
        return ENTITY.matcher(text).replaceAll(found -> Matcher.quoteReplacement(meaning(found)));
    }

    private static String meaning(MatchResult found) {
        if (found.group(1) != null) {
            return character(Integer.parseInt(found.group(1)), found.group());
        }
        if (found.group(2) != null) {
            return character(Integer.parseInt(found.group(2), HEX), found.group());
        }
        return NAMED.getOrDefault(found.group(3), found.group());
    }

    private static String character(int code, String written) {
        boolean isOne =
                Character.isDefined(code)
                        && code > 0
                        && Character.getType(code) != Character.SURROGATE;
        return isOne ? Character.toString(code) : written;
    }
}
