package org.assistantservice.app.logging;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {
    private static final Instant TIME = Instant.parse("2026-11-20T09:30:00.125Z");

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("MAIN");
    private final Encoder<ILoggingEvent> json = encoder("json");
    private final Encoder<ILoggingEvent> keyValue = encoder("keyvalue");

    private Encoder<ILoggingEvent> encoder(String format) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        return LogSetup.encoder(
                LogSettings.from(name -> name.equals("LOG_FORMAT") ? format : null), context);
    }

    @Test
    void aPlainLineHasItsFixedMembers() {
        LoggingEvent event = event(Level.INFO, "Ready on {}", "8000");

        assertThat(text(json, event))
                .isEqualTo(
                        """
                        {"timestamp":"2026-11-20T09:30:00.125Z","level":"INFO","logger":"MAIN",\
                        "message":"Ready on 8000","context":"default","stream":"stdout",\
                        "thread":"worker-1"}
                        """);
        assertThat(text(keyValue, event))
                .isEqualTo("2026-11-20T09:30:00.125Z INFO MAIN Ready on 8000\n");
    }

    @Test
    void idsOfTheRequestStandOnTopAndAllElseUnderExtra() {
        LoggingEvent event = event(Level.WARN, "Slow");
        event.setMDCPropertyMap(
                new TreeMap<>(
                        Map.of(
                                "correlation_id", "12345678-ab",
                                "run_id", "run_R",
                                "span_id", "b7",
                                "trace_id", "4b")));
        event.addKeyValuePair(new KeyValuePair("duration", 1.5));
        event.addKeyValuePair(new KeyValuePair("answer", "two words"));

        assertThat(text(json, event))
                .isEqualTo(
                        """
                        {"timestamp":"2026-11-20T09:30:00.125Z","level":"WARNING","logger":"MAIN",\
                        "message":"Slow","context":"default","stream":"stdout",\
                        "correlation_id":"12345678-ab","trace_id":"4b","span_id":"b7",\
                        "thread":"worker-1",\
                        "extra":{"run_id":"run_R","duration":1.5,"answer":"two words"}}
                        """);
        assertThat(text(keyValue, event))
                .isEqualTo(
                        "2026-11-20T09:30:00.125Z WARNING MAIN Slow correlation_id=12345678-ab"
                                + " run_id=run_R span_id=b7 trace_id=4b duration=1.5"
                                + " answer=\"two words\"\n");
    }

    @Test
    void aNameIsWrittenOnceAndTheArgumentWins() {
        LoggingEvent event =
                event(Level.INFO, "Call", kv("function", "get_weather"), kv("tries", 2));
        event.setMDCPropertyMap(Map.of("function", "unknown"));

        assertThat(text(json, event))
                .endsWith("\"extra\":{\"function\":\"get_weather\",\"tries\":2}}\n");
        assertThat(text(keyValue, event)).endsWith(" Call function=get_weather tries=2\n");
    }

    @Test
    void nothingLoggedCanBeginALineOrReachTheTerminal() {
        LoggingEvent event = event(Level.INFO, "a\r\nb\tc\u001b[31m\u2028d\u009b");
        event.setMDCPropertyMap(Map.of("name", "x\"\n\\ y=1"));

        assertThat(text(keyValue, event))
                .isEqualTo(
                        "2026-11-20T09:30:00.125Z INFO MAIN"
                                + " a\\r\\nb\\tc\\u001b[31m\\u2028d\\u009b"
                                + " name=\"x\\\"\\n\\\\ y=1\"\n");
        assertThat(text(json, event))
                .startsWith("{\"timestamp\"")
                .contains("\"message\":\"a\\r\\nb\\tc\\u001B[31m")
                .endsWith("}\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void anExceptionIsOneMemberInJsonAndLinesOfItsOwnInText() {
        LoggingEvent event = event(Level.ERROR, "Failed");
        event.setThrowableProxy(
                new ThrowableProxy(
                        new IllegalStateException(
                                "outer\n2026 INFO forged", new IllegalArgumentException("inner"))));

        var extra = new JsonMapper().readTree(text(json, event)).required("extra");
        String lines = text(keyValue, event);
        assertThat(extra.required("error_type").stringValue())
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(extra.required("exception").stringValue())
                .startsWith("java.lang.IllegalStateException: outer\\n2026 INFO forged\n\tat ")
                .contains("\nCaused by: java.lang.IllegalArgumentException: inner\n");
        assertThat(lines.lines().toList())
                .startsWith(
                        "2026-11-20T09:30:00.125Z ERROR MAIN Failed",
                        "java.lang.IllegalStateException: outer\\n2026 INFO forged")
                .contains("Caused by: java.lang.IllegalArgumentException: inner")
                .noneMatch(line -> line.startsWith("2026 INFO"));
    }

    @Test
    void anEndlessRecursionIsCutShort() {
        var deep = new StackOverflowError("x".repeat(100_000));
        var frames = new StackTraceElement[1024];
        Arrays.fill(frames, new StackTraceElement("A", "a", "A.java", 1));
        deep.setStackTrace(frames);
        LoggingEvent event = event(Level.ERROR, "Failed");
        event.setThrowableProxy(new ThrowableProxy(deep));

        String text = text(keyValue, event);

        assertThat(text).hasSizeLessThan(10_000).endsWith("\t... 964 more\n");
    }

    @ParameterizedTest
    @CsvSource({
        "DEBUG,DEBUG",
        "info,INFO",
        "Warning,WARN",
        "ERROR,ERROR",
        "critical,ERROR",
        "LOUD,INFO",
        ",INFO"
    })
    void levelsAreReadInAnyCase(@Nullable String value, String level) {
        LogSettings settings =
                LogSettings.from(name -> name.equals("LOGGING_LEVEL") ? value : null);

        assertThat(settings)
                .isEqualTo(new LogSettings(false, Level.toLevel(level), ConsoleTarget.SystemOut));
    }

    private LoggingEvent event(Level level, String message, Object... arguments) {
        var event = new LoggingEvent("test", logger, level, message, null, arguments);
        event.setInstant(TIME);
        event.setThreadName("worker-1");
        return event;
    }

    private static String text(Encoder<ILoggingEvent> encoder, LoggingEvent event) {
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
