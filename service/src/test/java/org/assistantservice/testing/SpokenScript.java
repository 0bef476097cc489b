package org.assistantservice.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Turns of a scripted model that the user's own words describe, for trials by hand and for tests
/// whose model runs in another process.
///
/// | The message has | The answer is |
/// |---|---|
/// | `say:Hello there` | these words, one chunk each |
/// | `tokens:200@50` | 200 words, 50 a second; without `@` all at once |
/// | `call:get_weather:{"location":"Paris"}` | this call; several of them (one per line) are one turn |
/// | `error:503` | this status |
/// | anything else | `You said: …` |
///
/// After the calls the answer is `The tools said: …` with their outputs.
public final class SpokenScript {
    private static final Pattern CALL =
            Pattern.compile("^\\s*call:([A-Za-z0-9_-]+):(.*)$", Pattern.MULTILINE);
    private static final Pattern TOKENS = Pattern.compile("tokens:(\\d+)(?:@(\\d+))?");
    private static final Pattern ERROR = Pattern.compile("error:(\\d{3})");
    private static final Pattern SAY = Pattern.compile("say:(.*)", Pattern.DOTALL);

    private SpokenScript() {}

    /// The turn that the last message of the request describes.
    public static Turn turn(RecordedRequest request) {
        if (request.lastRole().equals("tool")) {
            return words("The tools said: " + String.join(" and ", outputs(request)));
        }
        String text = request.lastText();
        List<ScriptedCall> calls = calls(text, request.order());
        if (!calls.isEmpty()) {
            return Turn.of(calls.toArray(ScriptedCall[]::new));
        }
        Matcher error = ERROR.matcher(text);
        if (error.find()) {
            int status = Integer.parseInt(error.group(1));
            return Turn.status(status, Map.of(), "{\"error\":{\"message\":\"As asked\"}}");
        }
        Matcher tokens = TOKENS.matcher(text);
        if (tokens.find()) {
            return tokens(Integer.parseInt(tokens.group(1)), tokens.group(2));
        }
        Matcher say = SAY.matcher(text);
        return words(say.find() ? say.group(1) : "You said: " + text);
    }

    private static Turn words(String text) {
        return Turn.text(text.split("(?<= )"));
    }

    private static Turn tokens(int count, @Nullable String rate) {
        Turn turn =
                Turn.text(
                        IntStream.range(0, count)
                                .mapToObj(i -> "w" + i + " ")
                                .toArray(String[]::new));
        return rate == null
                ? turn
                : turn.pace(Duration.ofSeconds(1).dividedBy(Long.parseLong(rate)));
    }

    private static List<ScriptedCall> calls(String text, int order) {
        List<ScriptedCall> calls = new ArrayList<>();
        Matcher call = CALL.matcher(text);
        while (call.find()) {
            String arguments = call.group(2).strip();
            int half = arguments.length() / 2;
            calls.add(
                    new ScriptedCall(
                            "call_%d_%d".formatted(order, calls.size()),
                            call.group(1),
                            Arrays.asList(
                                    arguments.substring(0, half), arguments.substring(half))));
        }
        return calls;
    }

    private static List<String> outputs(RecordedRequest request) {
        List<String> outputs = new ArrayList<>();
        for (JsonNode message : request.body().path("messages")) {
            switch (message.path("role").asString("")) {
                case "tool" -> outputs.add(message.path("content").asString(""));
                case "user" -> outputs.clear();
                default -> {}
            }
        }
        return outputs;
    }
}
