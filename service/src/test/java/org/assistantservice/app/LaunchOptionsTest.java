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
    void unknownOptionsAndMissingValuesAreNamedTogether() {
        assertThatThrownBy(() -> parse("--colour", "--port"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        """
                        Wrong configuration:
                          - Unknown option '--colour'; known are --reload, --assistant-id, \
                        --client-id, --host, --log-level, --openai-key, --port
                          - Option --port needs a value\
                        """);
    }

    private static Map<String, String> parse(String... arguments) {
        return LaunchOptions.parse(arguments);
    }
}
