package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// Small configurations and what reading them finds.
abstract class ConfigJsonFixture {
    static final String SMALL =
            """
            {"assistant_name": "Weather", "initial_message": "Hello!", "instructions": "Help."%s}\
            """;

    static AssistantConfig small() {
        return new AssistantConfig(
                "",
                "Weather",
                "Hello!",
                "Help.",
                "",
                List.of(),
                null,
                List.of(),
                "{}",
                BusyPolicy.ENQUEUE);
    }

    static ParsedConfig parse(String more) {
        return AssistantConfigJson.parse(SMALL.formatted(more));
    }

    static String named(String name) {
        return "{\"assistant_name\": \"%s\", \"initial_message\": \"\", \"instructions\": \"\"}"
                .formatted(name);
    }

    static List<String> problems(ParsedConfig parsed) {
        assertThat(parsed).isInstanceOf(ParsedConfig.Invalid.class);
        return ((ParsedConfig.Invalid) parsed)
                .problems().stream().map(ConfigProblem::toString).toList();
    }

    static List<String> warnings(ParsedConfig parsed) {
        assertThat(parsed).isInstanceOf(ParsedConfig.Valid.class);
        return ((ParsedConfig.Valid) parsed)
                .warnings().stream().map(ConfigProblem::toString).toList();
    }
}
