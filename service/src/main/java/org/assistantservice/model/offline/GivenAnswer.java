package org.assistantservice.model.offline;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the answer to a question for one argument, which may be that argument and nothing else.
final class GivenAnswer {
    private GivenAnswer() {}

    static Optional<JsonNode> to(
            OfferedParameter parameter, String answer, OfferedFunction function) {
        if (parameter.type() instanceof ValueType.YesNo) {
            return Answers.yesNo(answer)
                    .map(yes -> JsonMapper.shared().getNodeFactory().booleanNode(yes));
        }
        JsonNode found =
                new ArgumentFinder(answer, function).find(List.of(parameter)).get(parameter.name());
        if (found != null) {
            return Optional.of(found);
        }
        String text = answer.strip().replaceFirst("(?i)^(it is|it's|the)\\s+", "");
        String plain = text.replaceFirst("[.!?\\s]+$", "");
        return parameter.type() instanceof ValueType.Text && !plain.isEmpty()
                ? Optional.of(JsonMapper.shared().getNodeFactory().stringNode(plain))
                : Optional.empty();
    }
}
