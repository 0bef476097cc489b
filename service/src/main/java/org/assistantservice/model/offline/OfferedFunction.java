package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assistantservice.model.ToolSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A function on offer, its schema parsed.
record OfferedFunction(String name, String description, List<OfferedParameter> parameters) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static OfferedFunction of(ToolSpec tool) {
        JsonNode schema = JSON.readTree(tool.parametersJson());
        return new OfferedFunction(
                tool.name(), tool.description(), new Schemas(schema).parameters(schema));
    }

    List<OfferedParameter> required() {
        return parameters.stream().filter(OfferedParameter::required).toList();
    }

    /// The words of its name that tell it from others.
    Set<String> nameWords() {
        return new HashSet<>(Words.tellingOf(Words.spoken(name)));
    }

    /// The word of its name that says what it changes, e.g. `refund`; empty if it only looks up.
    String deed() {
        List<String> words = Words.of(Words.spoken(name));
        return !words.isEmpty() && Words.isDeedInName(words.getFirst()) ? words.getFirst() : "";
    }

    /// All words that it is known by.
    Set<String> allWords() {
        List<String> words = new ArrayList<>(Words.of(description));
        words.addAll(nameWords());
        for (OfferedParameter parameter : parameters) {
            words.addAll(Words.of(parameter.spoken()));
            words.addAll(Words.of(parameter.description()));
        }
        return new HashSet<>(words);
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
