package org.assistantservice.model.offline;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assistantservice.model.offline.ValueType.Choice;
import org.assistantservice.model.offline.ValueType.Decimal;
import org.assistantservice.model.offline.ValueType.Group;
import org.assistantservice.model.offline.ValueType.Many;
import org.assistantservice.model.offline.ValueType.Text;
import org.assistantservice.model.offline.ValueType.Whole;
import org.assistantservice.model.offline.ValueType.YesNo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Fills the arguments of a function from a sentence, the most recognisable kinds first: choices,
/// keys, dates, numbers, and last names and the user's own words. For one thread.
final class ArgumentFinder {
    private static final JsonNodeFactory JSON = JsonMapper.shared().getNodeFactory();
    private static final Pattern REASON =
            Pattern.compile("(?i)\\b(?:because|since|reason(?:\\s+is)?:?|saying|says)\\s+(.+)");
    private static final Pattern SEARCHED =
            Pattern.compile("(?i)\\b(?:for|about|on)\\s+(.+?)[\\s.!?]*$");

    private final Sentence sentence;
    private final Values values;
    private final Set<String> ofFunction;
    private final Map<String, JsonNode> found = new LinkedHashMap<>();

    ArgumentFinder(String text, OfferedFunction function) {
        sentence = new Sentence(text);
        values = new Values(sentence);
        ofFunction = new HashSet<>(function.words().inName());
        ofFunction.addAll(function.words().inParameters());
    }

    /// The arguments that the sentence holds. A name or key may hold a list, although its parameter
    /// takes one, if the user listed several.
    Map<String, JsonNode> find(List<OfferedParameter> parameters) {
        pass(parameters, this::named);
        pass(parameters, p -> p.type() instanceof Choice(var all) ? values.choice(all) : null);
        pass(parameters, p -> p.type() instanceof YesNo ? values.yesNo(p) : null);
        pass(parameters, p -> p.type() instanceof Text(var f) ? values.formatted(p, f) : null);
        pass(parameters, p -> p.type() instanceof Text && p.isKey() ? values.key(p) : null);
        pass(parameters, values::numberBesideName);
        pass(parameters, p -> p.required() ? values.number(p.type()) : null);
        pass(parameters, p -> numbersWanted(parameters) == 1 ? values.number(p.type()) : null);
        pass(parameters, p -> p.type() instanceof Many(var item) ? list(p, item) : null);
        pass(parameters, this::words);
        pass(parameters, p -> p.type() instanceof Group(var parts) ? group(parts) : null);
        return found;
    }

    private void pass(
            List<OfferedParameter> parameters,
            Function<OfferedParameter, @Nullable JsonNode> finder) {
        for (OfferedParameter parameter : parameters) {
            if (!found.containsKey(parameter.name())) {
                JsonNode value = finder.apply(parameter);
                if (value != null) {
                    found.put(parameter.name(), value);
                }
            }
        }
    }

    /// `limit: 5`, `customer_id=C-1042`, `reason is "too late"`.
    private @Nullable JsonNode named(OfferedParameter parameter) {
        String value = "(?:\"([^\"]+)\"|'([^']+)'|([^\\s,;]*[^\\s,;.?!]))";
        Pattern pattern =
                Pattern.compile(
                        "(?i)\\b%s\\s*(?:=|:|\\bis\\b)\\s*%s"
                                .formatted(Values.loosely(parameter.name()), value));
        Matcher matcher = pattern.matcher(sentence.rest());
        if (!matcher.find()) {
            return null;
        }
        JsonNode parsed = parse(Sentence.value(matcher), parameter.type());
        if (parsed != null) {
            sentence.blank(matcher.start(), matcher.end());
        }
        return parsed;
    }

    private static @Nullable JsonNode parse(String value, ValueType type) {
        return switch (type) {
            case Text _ -> JSON.stringNode(value);
            case Choice(var choices) -> new Values(new Sentence(value)).choice(choices);
            case YesNo _ -> Answers.yesNo(value).<JsonNode>map(JSON::booleanNode).orElse(null);
            case Whole _, Decimal _ -> Answers.number(value, type).orElse(null);
            case Many(var item) -> {
                JsonNode one = parse(value, item);
                yield one == null ? null : JSON.arrayNode().add(one);
            }
            case Group _ -> null;
        };
    }

    private long numbersWanted(List<OfferedParameter> parameters) {
        return parameters.stream()
                .filter(p -> Values.isNumber(p.type()))
                .filter(p -> !found.containsKey(p.name()))
                .count();
    }

    private @Nullable JsonNode list(OfferedParameter parameter, ValueType item) {
        ArrayNode items = JSON.arrayNode();
        switch (item) {
            case Choice(var choices) -> {
                for (var next = values.choice(choices);
                        next != null;
                        next = values.choice(choices)) {
                    items.add(next);
                }
            }
            case Whole _, Decimal _ -> {
                for (var next = values.number(item); next != null; next = values.number(item)) {
                    items.add(next);
                }
            }
            case Text _ when parameter.isKey() ->
                    sentence.takeAll(Sentence.KEY).forEach(items::add);
            case Text _ -> texts(parameter).forEach(items::add);
            case YesNo _, Many _, Group _ -> {}
        }
        return items.isEmpty() ? null : items;
    }

    private List<String> texts(OfferedParameter parameter) {
        List<String> quoted = sentence.takeAll(Sentence.QUOTED);
        return quoted.isEmpty() ? new Names(sentence, ofFunction).take(parameter) : quoted;
    }

    private @Nullable JsonNode words(OfferedParameter parameter) {
        if (!(parameter.type() instanceof Text(var format))
                || parameter.isKey()
                || !format.isEmpty()) {
            return null;
        }
        Optional<String> quoted = sentence.take(Sentence.QUOTED);
        if (quoted.isPresent()) {
            return Values.text(quoted);
        }
        if (parameter.isProse()) {
            return Values.text(sentence.take(REASON).map(ArgumentFinder::withoutEnd));
        }
        if (parameter.isSearch()) {
            Optional<String> searched = sentence.take(SEARCHED);
            return searched.isPresent() ? Values.text(searched) : leftOver(parameter);
        }
        List<String> names = new Names(sentence, ofFunction).take(parameter);
        return names.isEmpty() ? leftOver(parameter) : several(names);
    }

    private @Nullable JsonNode leftOver(OfferedParameter parameter) {
        List<String> left =
                parameter.required() ? new Names(sentence, ofFunction).takeLeftOver() : List.of();
        return left.isEmpty() ? null : several(left);
    }

    private static JsonNode several(List<String> names) {
        if (names.size() == 1) {
            return JSON.stringNode(names.getFirst());
        }
        ArrayNode all = JSON.arrayNode();
        names.forEach(all::add);
        return all;
    }

    private @Nullable JsonNode group(List<OfferedParameter> parts) {
        Map<String, JsonNode> outer = new LinkedHashMap<>(found);
        found.clear();
        ObjectNode group = JSON.objectNode();
        find(parts)
                .forEach((name, value) -> group.set(name, value.isArray() ? value.path(0) : value));
        found.clear();
        found.putAll(outer);
        boolean complete =
                parts.stream().allMatch(part -> !part.required() || group.has(part.name()));
        return complete && !group.isEmpty() ? group : null;
    }

    private static String withoutEnd(String text) {
        return text.strip().replaceFirst("[\\s.!?]+$", "");
    }
}
