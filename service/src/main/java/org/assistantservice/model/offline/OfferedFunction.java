package org.assistantservice.model.offline;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assistantservice.model.ToolSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A function on offer, its schema parsed.
record OfferedFunction(
        String name, String description, List<OfferedParameter> parameters, KnownWords words) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static OfferedFunction of(ToolSpec tool) {
        JsonNode schema = JSON.readTree(tool.parametersJson());
        List<OfferedParameter> parameters = new Schemas(schema).parameters(schema);
        return new OfferedFunction(
                tool.name(), tool.description(), parameters, KnownWords.of(tool, parameters));
    }

    /// The words that a function is known by, in their compared form.
    ///
    /// @param inName those of its name that tell it from others
    /// @param inParameters those of its parameters' names
    /// @param inChoices those of the values that its parameters allow
    /// @param inDescriptions those of its own description and its parameters'
    record KnownWords(
            Set<String> inName,
            Set<String> inParameters,
            Set<String> inChoices,
            Set<String> inDescriptions) {

        static KnownWords of(ToolSpec tool, List<OfferedParameter> parameters) {
            KnownWords words =
                    new KnownWords(
                            new HashSet<>(Words.tellingOf(Words.spoken(tool.name()))),
                            new HashSet<>(),
                            new HashSet<>(),
                            new HashSet<>(Words.of(tool.description())));
            for (OfferedParameter parameter : parameters) {
                words.inParameters.addAll(Words.of(parameter.spoken()));
                words.inDescriptions.addAll(Words.of(parameter.description()));
                if (parameter.type() instanceof ValueType.Choice(var choices)) {
                    words.inChoices.addAll(Words.of(String.join(" ", choices)));
                }
            }
            return words;
        }

        boolean contains(String word) {
            return inName.contains(word)
                    || inParameters.contains(word)
                    || inChoices.contains(word)
                    || inDescriptions.contains(word);
        }
    }

    List<OfferedParameter> required() {
        return parameters.stream().filter(OfferedParameter::required).toList();
    }

    /// The word of its name that says what it changes, e.g. `refund`; empty if it only looks up.
    String deed() {
        List<String> words = Words.of(Words.spoken(name));
        return !words.isEmpty() && Words.isDeedInName(words.getFirst()) ? words.getFirst() : "";
    }

    /// Whether it keeps something that the model thought of, e.g. `save_idea`.
    boolean keeps() {
        List<String> words = Words.of(Words.spoken(name));
        return !words.isEmpty() && Words.isKeeping(words.getFirst());
    }

    /// How a user may ask for it, e.g. `refund order O-7`.
    String sampleRequest() {
        StringBuilder sample = new StringBuilder(Words.spokenWithoutLookUp(name));
        for (OfferedParameter parameter : required()) {
            String example = parameter.example();
            if (!example.isEmpty()) {
                sample.append(parameter.isKey() ? " " : " for ").append(example);
            }
        }
        return sample.toString();
    }
}
