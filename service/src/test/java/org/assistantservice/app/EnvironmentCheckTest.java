package org.assistantservice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentCheckTest {
    @Test
    void anEmptyEnvironmentIsFine() {
        assertThat(EnvironmentCheck.problems(Map.of())).isEmpty();
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        List<String> problems =
                EnvironmentCheck.problems(
                        Map.of("ENVIRONMENT", "production", "LOGGING_LEVEL", "LOUD", "PORT", "x"));

        assertThat(problems)
                .containsExactly(
                        "LOGGING_LEVEL must be one of CRITICAL, DEBUG, ERROR, INFO, WARNING but is"
                                + " 'LOUD'",
                        "PORT must be a whole number from 0 to 65535 but is 'x'",
                        "OPENAI_API_KEY is required when ENVIRONMENT is production",
                        "PROJECT_ID is required when ENVIRONMENT is production",
                        "BUCKET_ID is required when ENVIRONMENT is production");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENVIRONMENT|test|ENVIRONMENT must be one of development, production but is 'test'",
                "STREAM|file|STREAM must be one of stderr, stdout but is 'file'",
                "LOG_FORMAT|xml|LOG_FORMAT must be one of json, keyvalue but is 'xml'",
                "ORCHESTRATOR_TYPE|x|ORCHESTRATOR_TYPE must be one of openai but is 'x'",
                "MODEL_PROVIDER|gpt|MODEL_PROVIDER must be one of offline, openai but is 'gpt'",
                "SSE_HEARTBEAT_INTERVAL|0|SSE_HEARTBEAT_INTERVAL must be a number of seconds above"
                        + " 0 but is '0'",
                "REHEARSAL_LIMIT|1|REHEARSAL_LIMIT must be a time such as 500ms or 1s but is '1'",
                "SSE_RETRY_INTERVAL|-1|SSE_RETRY_INTERVAL must be a whole number from 1 to"
                        + " 999999999 but is '-1'",
                "SSE_MAX_CONNECTIONS_PER_CLIENT|0|SSE_MAX_CONNECTIONS_PER_CLIENT must be a whole"
                        + " number from 1 to 999999999 but is '0'",
                "OPENAI_BASE_URL|ftp://x|OPENAI_BASE_URL must be an http or https address without"
                        + " query but is 'ftp://x'",
                "PROTOCOLS|chat,soap|PROTOCOLS may name brainstorm, chat, commander, jellychat, openai,"
                        + " stateless, separated by commas, but has 'soap'",
                "MAX_HISTORY_MESSAGES|x|MAX_HISTORY_MESSAGES must be a whole number from 0 to"
                        + " 2147483647 but is 'x'",
                "SQL_CONN_STR|postgresql://u:secret@db/x|SQL_CONN_STR (SQL_CONNECTION_STRING) must"
                        + " be the address of a file, such as sqlite:///data/chats.db: no other"
                        + " database is available in this version",
                "BRAINSTORM_MIN_CHARS|-1|BRAINSTORM_MIN_CHARS must be a whole number from 0 to"
                        + " 2147483647 but is '-1'",
            })
    void aWrongValueIsShownWithItsRule(String name, String value, String problem) {
        assertThat(EnvironmentCheck.problems(Map.of(name, value))).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "LOGGING_LEVEL, debug",
        "SSE_HEARTBEAT_INTERVAL, 15.0",
        "SSE_MAX_CONNECTION_DURATION, 2",
        "PORT, 0",
        "OPENAI_BASE_URL, http://localhost:11434/v1",
        "PROTOCOLS, openai"
    })
    void aRightValueIsNoProblem(String name, String value) {
        assertThat(EnvironmentCheck.problems(Map.of(name, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BRAINSTORM_MIN_CHARS, many, 'chat, stateless'",
        "SQL_CONN_STR, mssql://other, chat",
        "MAX_HISTORY_MESSAGES, many, 'chat,brainstorm'"
    })
    void aSettingOfAProtocolThatIsOffIsNoProblem(String name, String value, String protocols) {
        assertThat(EnvironmentCheck.problems(Map.of(name, value))).hasSize(1);
        assertThat(EnvironmentCheck.problems(Map.of(name, value, "PROTOCOLS", protocols)))
                .isEmpty();
    }

    @Test
    void aLongOrBrokenValueIsShownShortAndOnOneLine() {
        assertThat(EnvironmentCheck.problems(Map.of("STREAM", "a\nb" + "x".repeat(100))))
                .containsExactly(
                        "STREAM must be one of stderr, stdout but is 'a b" + "x".repeat(37) + "…'");
    }

    @Test
    void hostsOfCommanderHaveAPort() {
        assertThat(EnvironmentCheck.problems(Map.of("FETCH_ALLOWED", "a.b:80, [::1]:8080")))
                .isEmpty();
        assertThat(EnvironmentCheck.problems(Map.of("FETCH_ALLOWED", "a.b:80, foo")))
                .singleElement()
                .asString()
                .startsWith(
                        "FETCH_ALLOWED must name hosts with ports, such as files.internal:8080, but"
                                + " has 'foo' (");
    }

    @Test
    void aProtocolThatIsOffIsNotAskedForItsSettings() {
        assertThat(
                        EnvironmentCheck.problems(
                                Map.of("FETCH_ALLOWED", "foo", "PROTOCOLS", "chat,stateless")))
                .isEmpty();
    }
}
