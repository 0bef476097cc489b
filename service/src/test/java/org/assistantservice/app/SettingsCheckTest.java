package org.assistantservice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {
    @Test
    void theDefaultsAreRight() {
        assertThat(problems(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    connections.idle-time           | -1s  | must be more than 0s but is '-1s'
                    connections.head-time           | 0s   | must be more than 0s but is '0s'
                    connections.body-time           | abc  | must be a time such as 500ms, 10s or 5m but is 'abc'
                    connections.most                | 0    | must be at least 1 but is '0'
                    connections.most                | many | must be a whole number of at most 2147483647 but is 'many'
                    connections.most                | 99999999999 | must be a whole number of at most 2147483647 but is '99999999999'
                    model.limits.max-calls          | 0    | must be at least 1 but is '0'
                    model.attempts                  | 0    | must be at least 1 but is '0'
                    packs.threads-per-pack          | 0    | must be at least 1 but is '0'
                    packs.abandoned-before-quarantine | 0  | must be at least 1 but is '0'
                    packs.load-timeout              | 0s   | must be more than 0s but is '0s'
                    packs.poll-interval             | -1s  | must be more than 0s but is '-1s'
                    packs.jars.max-per-pack         | 0    | must be at least 1 but is '0'
                    packs.jars.max-size             | 0    | must be at least 1 but is '0'
                    packs.jars.max-entries          | -1   | must be at least 1 but is '-1'
                    packs.jars.max-inflated-size    | 0    | must be at least 1 but is '0'
                    packs.jars.max-ratio            | 0    | must be at least 1 but is '0'
                    gcs.attempts                    | 0    | must be at least 1 but is '0'
                    gcs.attempts                    | 11   | must be at most 10 but is '11'
                    assistants.poll-interval        | 0s   | must be more than 0s but is '0s'
                    brainstorm.min-chars            | -1   | must be at least 0 but is '-1'
                    brainstorm.max-message-characters | 0  | must be at least 1 but is '0'
                    run.delta-flush-interval        | 0s   | must be more than 0s but is '0s'
                    run.restart-grace               | -5s  | must be 0s or more but is '-5s'
                    run.max-active                  | 0    | must be at least 1 but is '0'
                    rehearsal.limit                 | -1ms | must be 0s or more but is '-1ms'
                    model.resilience.breaker-failure-percent | 101 | must be at most 100 but is '101'
                    """)
    void whatIsWrongIsNamedWithItsRuleAndItsValue(String name, String value, String rule) {
        assertThat(problems(Map.of("assistant-service." + name, value)))
                .containsExactly("assistant-service." + name + " " + rule);
    }

    @ParameterizedTest
    @CsvSource({
        "rehearsal.limit, 0s",
        "run.restart-grace, 0s",
        "model.offline.word-pace, 0ms",
        "connections.idle-time, PT1M",
        "connections.most, 1",
        "packs.jars.max-size, 7MB",
    })
    void whatMeansSomethingIsTaken(String name, String value) {
        assertThat(problems(Map.of("assistant-service." + name, value))).isEmpty();
    }

    /// As `.env` may hold it.
    @Test
    void aVariableWithTheFullNameIsTheSetting() {
        assertThat(problems(Map.of("ASSISTANT_SERVICE_RUN_LEASE", "soon")))
                .containsExactly(
                        "assistant-service.run.lease must be a time such as 500ms, 10s or 5m but is"
                                + " 'soon'");
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        assertThat(
                        problems(
                                Map.of(
                                        "assistant-service.connections.most", "0",
                                        "assistant-service.run.lease", "soon")))
                .containsExactlyInAnyOrder(
                        "assistant-service.connections.most must be at least 1 but is '0'",
                        "assistant-service.run.lease must be a time such as 500ms, 10s or 5m but is"
                                + " 'soon'");
    }

    @Test
    void settingsOfAProtocolThatIsOffDoNotMatter() {
        String name = "assistant-service.brainstorm.min-chars";

        assertThat(problems(Map.of("PROTOCOLS", "chat, openai", name, "many"))).isEmpty();
        assertThat(problems(Map.of("PROTOCOLS", "chat, brainstorm", name, "many")))
                .containsExactly(
                        name + " must be a whole number of at most 2147483647 but is" + " 'many'");
    }

    private static List<String> problems(Map<String, String> settings) {
        // Not closed: that would make beans of wrong settings. Nothing in it is open.
        return SettingsCheck.problems(ServiceProcess.context(settings).start());
    }
}
