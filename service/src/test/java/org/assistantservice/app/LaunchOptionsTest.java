package org.assistantservice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchOptionsTest {
    @Test
    void anOptionSetsItsVariableInBothForms() {
        assertThat(parse("--host", "127.0.0.1", "--port=9000", "--reload"))
                .isEqualTo(Map.of("HOST", "127.0.0.1", "PORT", "9000"));
    }

    @Test
    void theOptionsOfTheBrainstormServerAreKnown() {
        assertThat(
                        parse(
                                "--assistant",
                                "Muse",
                                "--mock",
                                "-p",
                                "9000",
                                "--cors",
                                "https://page.example",
                                "--sql=sqlite:///a.db"))
                .isEqualTo(
                        Map.of(
                                "BRAINSTORM_ASSISTANT_ID", "Muse",
                                "MODEL_PROVIDER", "offline",
                                "PORT", "9000",
                                "SQL_CONN_STR", "sqlite:///a.db"));
    }

    @Test
    void unknownOptionsAndMissingValuesAreNamedTogether() {
        assertThatThrownBy(() -> parse("--colour", "--port"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        """
                        Wrong configuration:
                          - Unknown option '--colour'; known are --api-key, --assistant, \
                        --assistant-id, --client-id, --cors, --host, --log-level, --mock, --model, \
                        --openai-key, --port, --reload, --sql, -p
                          - Option --port needs a value\
                        """);
    }

    private static Map<String, String> parse(String... arguments) {
        return LaunchOptions.parse(arguments);
    }
}
