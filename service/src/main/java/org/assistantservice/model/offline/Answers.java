package org.assistantservice.model.offline;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.assistantservice.model.offline.ValueType.Whole;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads short values as people write them.
final class Answers {
    static final Pattern NUMBER_WORD =
            Pattern.compile(
                    "(?i)\\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\\b");

    private static final JsonNodeFactory JSON = JsonMapper.shared().getNodeFactory();
    private static final List<String> NUMBERS =
            List.of(
                    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                    "ten", "eleven", "twelve");
    private static final Set<String> YES =
            Set.of("yes", "y", "yep", "yeah", "true", "on", "sure", "ok", "okay", "please do");
    private static final Set<String> NO = Set.of("no", "n", "nope", "false", "off", "no thanks");

    private Answers() {}

    static Optional<Boolean> yesNo(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("[.!]+$", "");
        if (YES.contains(plain)) {
            return Optional.of(true);
        }
        return NO.contains(plain) ? Optional.of(false) : Optional.empty();
    }

    /// The number in the text, if it is one of this type.
    static Optional<JsonNode> number(String text, ValueType type) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        int word = NUMBERS.indexOf(plain);
        String digits = word >= 0 ? Integer.toString(word) : plain.replace(',', '.');
        if (!digits.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(digits);
        if (!(type instanceof Whole)) {
            return Optional.of(JSON.numberNode(number));
        }
        return digits.contains(".")
                ? Optional.empty()
                : Optional.of(JSON.numberNode(number.longValueExact()));
    }
}
