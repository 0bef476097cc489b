package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.ModelToolCall;
import org.assistantservice.model.offline.Decision.Act;
import org.assistantservice.model.offline.Decision.PlannedCall;
import org.assistantservice.model.offline.Decision.Say;
import org.assistantservice.model.offline.Talk.Pending;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Decides the offline model's next turn. The same request always gets the same decision.
///
/// In this order: results are reported; an answer to a question completes its call; small talk is
/// answered; a function that the words fit is called; words that fit none may follow up on the last
/// call; else the model says what it can do.
final class TurnPlanner {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_CALLS = 5;

    /// What a function that keeps the model's own thoughts is given.
    private static final String MADE_UP = "Something that the offline model made up";

    private static final Pattern FOLLOW_UP =
            Pattern.compile(
                    "(?iu)^\\W*(and|what about|how about|also|now|same|or|then|ok(ay)?|but|in|for|at|with)\\b.*",
                    Pattern.DOTALL);
    private static final Pattern NEVER_MIND =
            Pattern.compile(
                    "(?iu)^\\W*(no|nope|never ?mind|cancel|stop|forget (it|that)|nothing|none)\\W*$");
    private static final Pattern NEGATED =
            Pattern.compile("(?iu)\\b(don'?t|do not|never|don’t|not)\\b");
    private static final Pattern HOW =
            Pattern.compile(
                    "(?iu)^\\W*how (do|does|can|could|would|should|to)\\b.*", Pattern.DOTALL);

    private final List<OfferedFunction> functions;
    private final Talk talk;

    private TurnPlanner(List<OfferedFunction> functions, Talk talk) {
        this.functions = functions;
        this.talk = talk;
    }

    static Decision plan(ModelRequest request) {
        String choice = request.sampling().toolChoiceJson();
        List<OfferedFunction> functions =
                "\"none\"".equals(choice)
                        ? List.of()
                        : request.tools().stream().map(OfferedFunction::of).toList();
        return new TurnPlanner(functions, Talk.of(request.messages())).plan();
    }

    private Decision plan() {
        if (!talk.results().isEmpty()) {
            return new Say(ResultReport.of(talk.results()));
        }
        Optional<FunctionMatch> match = FunctionMatch.best(functions, talk.said());
        Optional<Decision> answered = completed(match);
        if (answered.isPresent()) {
            return answered.get();
        }
        Optional<String> smallTalk = SmallTalk.answer(talk.said(), functions);
        if (smallTalk.isPresent()) {
            return new Say(smallTalk.get());
        }
        if (match.isPresent()) {
            return called(match.get().function());
        }
        return followedUp().orElseGet(() -> new Say(SmallTalk.noMatch(functions)));
    }

    /// The call that waits for the answer just given, unless the user has moved on.
    private Optional<Decision> completed(Optional<FunctionMatch> match) {
        Optional<Pending> pending = talk.pending();
        Optional<OfferedFunction> function = pending.flatMap(p -> named(p.function()));
        if (pending.isEmpty() || function.isEmpty()) {
            return Optional.empty();
        }
        if (NEVER_MIND.matcher(talk.said()).matches()) {
            return Optional.of(
                    new Say("All right, I will not call `%s`.".formatted(function.get().name())));
        }
        boolean movedOn =
                match.isPresent()
                        && match.get().byName()
                        && !match.get().function().name().equals(function.get().name());
        return movedOn ? Optional.empty() : Optional.of(completed(function.get(), pending.get()));
    }

    private static Decision completed(OfferedFunction function, Pending pending) {
        Map<String, JsonNode> arguments =
                new ArgumentFinder(pending.request(), function).find(function.parameters());
        for (OfferedParameter parameter : function.parameters()) {
            String answer = pending.answers().get(parameter.name());
            if (answer != null) {
                GivenAnswer.to(parameter, answer, function)
                        .ifPresent(value -> arguments.put(parameter.name(), value));
            }
        }
        return act(function, arguments);
    }

    private Decision called(OfferedFunction function) {
        String said = talk.said();
        boolean changes = !function.deed().isEmpty() || function.keeps();
        if (changes && NEGATED.matcher(said).find()) {
            return new Say("All right, I will not call `%s`.".formatted(function.name()));
        }
        if (!function.deed().isEmpty() && HOW.matcher(said).matches()) {
            return new Say(
                    "`%s` does that. %s Say for example “%s”."
                            .formatted(
                                    function.name(),
                                    function.description().strip(),
                                    function.sampleRequest()));
        }
        Map<String, JsonNode> arguments =
                new ArgumentFinder(said, function).find(function.parameters());
        if (FOLLOW_UP.matcher(said).matches() && function.deed().isEmpty()) {
            lastArguments().forEach((name, value) -> reuse(function, arguments, name, value));
        }
        return act(function, arguments);
    }

    private static void reuse(
            OfferedFunction function,
            Map<String, JsonNode> arguments,
            String name,
            JsonNode value) {
        boolean wanted = function.required().stream().anyMatch(p -> p.name().equals(name));
        if (wanted) {
            arguments.putIfAbsent(name, value);
        }
    }

    /// `And in Porto?` after a call: the same call with what is new.
    private Optional<Decision> followedUp() {
        Optional<OfferedFunction> function = talk.lastCall().flatMap(call -> named(call.name()));
        boolean follows = FOLLOW_UP.matcher(talk.said()).matches();
        if (function.isEmpty() || !follows || NEGATED.matcher(talk.said()).find()) {
            return Optional.empty();
        }
        Map<String, JsonNode> news =
                new ArgumentFinder(talk.said(), function.get()).find(function.get().parameters());
        if (news.isEmpty()) {
            return Optional.empty();
        }
        Map<String, JsonNode> arguments = new LinkedHashMap<>(lastArguments());
        arguments.putAll(news);
        return Optional.of(act(function.get(), arguments));
    }

    private Map<String, JsonNode> lastArguments() {
        Map<String, JsonNode> arguments = new LinkedHashMap<>();
        talk.lastCall()
                .map(ModelToolCall::argumentsJson)
                .flatMap(TurnPlanner::parsed)
                .ifPresent(json -> json.properties().forEach(p -> put(arguments, p)));
        return arguments;
    }

    private static void put(Map<String, JsonNode> arguments, Map.Entry<String, JsonNode> property) {
        arguments.put(property.getKey(), property.getValue());
    }

    private static Optional<JsonNode> parsed(String json) {
        try {
            return Optional.of(JSON.readTree(json)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private Optional<OfferedFunction> named(String name) {
        return functions.stream().filter(function -> function.name().equals(name)).findFirst();
    }

    /// Calls the function, once for each value the user listed, or asks for what is missing.
    private static Decision act(OfferedFunction function, Map<String, JsonNode> arguments) {
        for (OfferedParameter parameter : function.required()) {
            if (arguments.containsKey(parameter.name())) {
                continue;
            }
            if (function.keeps() && parameter.isProse()) {
                arguments.put(parameter.name(), JSON.getNodeFactory().stringNode(MADE_UP));
            } else {
                return new Say(Question.wording(function, parameter));
            }
        }
        List<ObjectNode> calls = new ArrayList<>(List.of(JSON.createObjectNode()));
        for (OfferedParameter parameter : function.parameters()) {
            JsonNode value = arguments.get(parameter.name());
            if (value == null) {
                continue;
            }
            if (value.isArray() && parameter.type() instanceof ValueType.Text) {
                calls = forEach(calls, parameter, value);
            } else {
                calls.forEach(call -> call.set(parameter.name(), value));
            }
        }
        return new Act(
                calls.stream()
                        .map(call -> new PlannedCall(function.name(), call.toString()))
                        .toList());
    }

    private static List<ObjectNode> forEach(
            List<ObjectNode> calls, OfferedParameter parameter, JsonNode values) {
        List<ObjectNode> more = new ArrayList<>();
        for (ObjectNode call : calls) {
            for (JsonNode value : values) {
                if (more.size() < MAX_CALLS) {
                    more.add(call.deepCopy().set(parameter.name(), value));
                }
            }
        }
        return more;
    }
}
