package org.assistantservice.model.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the offline model says when there is nothing to call. It never poses as more than it is.
final class SmallTalk {
    private static final Pattern GREETING =
            Pattern.compile(
                    "(?iu)^\\W*(hi|hello|hey|hiya|howdy|yo|hallo|hola|ol[aá]|bonjour|moin|servus|good"
                            + " (morning|afternoon|evening|day)|guten (tag|morgen|abend))\\b(\\W+\\w+){0,2}\\W*$");
    private static final Pattern THANKS =
            Pattern.compile(
                    "(?iu)^\\W*(thanks|thank you|thx|cheers|great|perfect|awesome|nice|cool|well done|ok|okay)\\b(\\W+\\w+){0,4}\\W*$");
    private static final Pattern FAREWELL =
            Pattern.compile(
                    "(?iu)^\\W*(bye|goodbye|good night|see you|ciao|exit|quit)\\b(\\W+\\w+){0,3}\\W*$");
    private static final Pattern HELP =
            Pattern.compile(
                    "(?iu)^\\W*(help( me)?|menu|commands|what (all )?(can|could|do) (you|this|i) (do|ask|say|know|offer|help).*"
                            + "|(who|what) are you.*|are you .*|how (does|do) (this|it|you) work.*"
                            + "|(what|which) (functions|tools|actions).*|what('s| is) this)\\W*$");
    private static final String CONNECT =
            "For a real model, set OPENAI_API_KEY, or OPENAI_BASE_URL for any server that speaks OpenAI's"
                    + " Chat Completions, such as Ollama or vLLM, and start the service again.";

    private SmallTalk() {}

    /// The answer to a message that is small talk and nothing else.
    static Optional<String> answer(String text, List<OfferedFunction> functions) {
        if (GREETING.matcher(text).matches()) {
            return Optional.of(greeting(functions));
        }
        if (HELP.matcher(text).matches()) {
            return Optional.of(abilities(functions));
        }
        if (THANKS.matcher(text).matches()) {
            return Optional.of("You're welcome!" + suggestion(functions));
        }
        return FAREWELL.matcher(text).matches()
                ? Optional.of("Goodbye! The conversation is stored, so you can come back to it.")
                : Optional.empty();
    }

    static String abilities(List<OfferedFunction> functions) {
        return "I am the offline model: no AI, no network, no account. I match your words against the"
                + " functions of this assistant, call them, and report what they return.\n\n"
                + list(functions)
                + "\n\n"
                + CONNECT;
    }

    static String noMatch(List<OfferedFunction> functions) {
        return "I am only the offline model, and I found no function that fits your words.\n\n"
                + list(functions)
                + "\n\n"
                + CONNECT;
    }

    private static String greeting(List<OfferedFunction> functions) {
        return "Hello! I am the offline model of this assistant: I understand only what its functions can"
                + " do, but I really call them."
                + suggestion(functions)
                + " Say “help” to see everything.";
    }

    private static String suggestion(List<OfferedFunction> functions) {
        return functions.isEmpty()
                ? ""
                : " Try “%s”.".formatted(functions.getFirst().sampleRequest());
    }

    private static String list(List<OfferedFunction> functions) {
        if (functions.isEmpty()) {
            return "This assistant offers no functions, so there is nothing that I can do for you.";
        }
        List<String> lines = new ArrayList<>();
        lines.add("What I can do here:");
        for (OfferedFunction function : functions) {
            String description =
                    function.description().isBlank() ? "" : " " + function.description().strip();
            lines.add(
                    "- `%s`:%s For example: “%s”."
                            .formatted(function.name(), description, function.sampleRequest()));
        }
        return String.join("\n", lines);
    }
}
