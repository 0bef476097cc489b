package org.assistantservice.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assistantservice.fetch.FetchRules;

/// Checks the variables that have short names before anything starts, logging included, so that all
/// that is wrong with them is said at once; [SettingsCheck] comes after it.
final class EnvironmentCheck {
    private static final Set<String> LEVELS =
            Set.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");
    private static final int MAX_PORT = 65_535;

    /// The largest of as many digits as are read.
    private static final int MAX_WHOLE = 999_999_999;

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    private EnvironmentCheck(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Every problem, or an empty list.
    static List<String> problems(Map<String, String> environment) {
        var check = new EnvironmentCheck(environment);
        check.all();
        return check.problems;
    }

    private void all() {
        oneOf("ENVIRONMENT", "development", Set.of("development", "production"));
        oneOf("MODEL_PROVIDER", "", Set.of("", "openai", "offline"));
        oneOf("ORCHESTRATOR_TYPE", "openai", Set.of("openai"));
        oneOf("STREAM_HANDLER_TYPE", "websocket", Set.of("websocket"));
        oneOf("TOOL_EXECUTOR_TYPE", "default", Set.of("default"));
        oneOf("MESSAGE_PARSER_TYPE", "default", Set.of("default"));
        oneOf("LOG_FORMAT", "keyvalue", Set.of("json", "keyvalue"));
        oneOf("STREAM", "stdout", Set.of("stdout", "stderr"));
        oneOf("ALLOW_EPHEMERAL_STORE", "false", Set.of("true", "false"));
        level();
        number("SSE_HEARTBEAT_INTERVAL", "15.0");
        number("SSE_MAX_CONNECTION_DURATION", "3600.0");
        time("REHEARSAL_LIMIT", "1s");
        whole("SSE_RETRY_INTERVAL", "5000", 1, MAX_WHOLE);
        whole("SSE_MAX_CONNECTIONS_PER_CLIENT", "10", 1, MAX_WHOLE);
        whole("PORT", "8000", 0, MAX_PORT);
        url("OPENAI_BASE_URL", "");
        url("GCS_ENDPOINT", "");
        protocols();
        ofProtocols();
        production();
    }

    /// Settings that belong to one protocol do not matter while it is off.
    private void ofProtocols() {
        if (isOn("stateless")) {
            whole("MAX_HISTORY_MESSAGES", "10", 0, Integer.MAX_VALUE);
        }
        if (isOn("brainstorm")) {
            whole("BRAINSTORM_MIN_CHARS", "20", 0, Integer.MAX_VALUE);
            database();
        }
        if (isOn("commander")) {
            fetchAllowed();
        }
    }

    private String value(String name, String fallback) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? fallback : value;
    }

    private void oneOf(String name, String fallback, Set<String> allowed) {
        String value = value(name, fallback);
        if (!allowed.contains(value)) {
            problems.add(
                    "%s must be one of %s but is '%s'"
                            .formatted(name, readable(allowed), shown(value)));
        }
    }

    private void level() {
        String value = value("LOGGING_LEVEL", "INFO");
        if (!LEVELS.contains(value.toUpperCase(Locale.ROOT))) {
            problems.add(
                    "LOGGING_LEVEL must be one of %s but is '%s'"
                            .formatted(readable(LEVELS), shown(value)));
        }
    }

    private void number(String name, String fallback) {
        String value = value(name, fallback);
        if (!value.matches("\\d{1,9}(\\.\\d{1,9})?") || Double.parseDouble(value) <= 0) {
            problems.add(
                    "%s must be a number of seconds above 0 but is '%s'"
                            .formatted(name, shown(value)));
        }
    }

    private void time(String name, String fallback) {
        String value = value(name, fallback);
        if (!value.matches("\\d{1,6}(ms|s)")) {
            problems.add(
                    "%s must be a time such as 500ms or 1s but is '%s'"
                            .formatted(name, shown(value)));
        }
    }

    private void whole(String name, String fallback, int least, int most) {
        String value = value(name, fallback);
        boolean isRight =
                value.matches("\\d{1,9}")
                        && Integer.parseInt(value) >= least
                        && Integer.parseInt(value) <= most;
        if (!isRight) {
            problems.add(
                    "%s must be a whole number from %d to %d but is '%s'"
                            .formatted(name, least, most, shown(value)));
        }
    }

    private void url(String name, String fallback) {
        String value = value(name, fallback);
        if (!value.isEmpty() && !value.matches("https?://[^\\s/?#@]+[^\\s?#]*")) {
            problems.add(
                    "%s must be an http or https address without query but is '%s'"
                            .formatted(name, shown(value)));
        }
    }

    /// The address is not shown: it may hold a password.
    private void database() {
        String connection = value("SQL_CONN_STR", "");
        if (!connection.isEmpty() && ConnectionString.databaseUrl(connection).isEmpty()) {
            problems.add(
                    "SQL_CONN_STR (SQL_CONNECTION_STRING) must be the address of a file, such as"
                            + " sqlite:///data/chats.db: no other database is available in this"
                            + " version");
        }
    }

    private void protocols() {
        Set<String> all =
                Set.of("chat", "openai", "stateless", "commander", "brainstorm", "jellychat");
        for (String name : value("PROTOCOLS", "chat").split(",", -1)) {
            if (!all.contains(name.strip())) {
                problems.add(
                        "PROTOCOLS may name %s, separated by commas, but has '%s'"
                                .formatted(readable(all), shown(name)));
            }
        }
    }

    private boolean isOn(String protocol) {
        String names = value("PROTOCOLS", protocol);
        return Stream.of(names.split(",", -1)).map(String::strip).anyMatch(protocol::equals);
    }

    private void fetchAllowed() {
        for (String entry : value("FETCH_ALLOWED", "").split(",", -1)) {
            if (!entry.isBlank()) {
                fetchAllowed(entry.strip());
            }
        }
    }

    private void fetchAllowed(String entry) {
        try {
            FetchRules.DEFAULT.withAllowed(List.of(entry));
        } catch (IllegalArgumentException e) {
            problems.add(
                    "FETCH_ALLOWED must name hosts with ports, such as files.internal:8080, but has"
                            + " '%s' (%s)".formatted(shown(entry), e.getMessage()));
        }
    }

    private void production() {
        if (value("ENVIRONMENT", "development").equals("production")) {
            for (String name : List.of("OPENAI_API_KEY", "PROJECT_ID", "BUCKET_ID")) {
                if (value(name, "").isEmpty()) {
                    problems.add(name + " is required when ENVIRONMENT is production");
                }
            }
        }
    }

    private static String readable(Set<String> allowed) {
        return String.join(", ", allowed.stream().filter(it -> !it.isEmpty()).sorted().toList());
    }

    /// A wrong value is shown short and on one line: it may be a secret in the wrong place.
    static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 40 ? line.substring(0, 40) + "…" : line;
    }
}
