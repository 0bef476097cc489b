package org.assistantservice.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.assistantservice.model.openai.http.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RetryRulesTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private final AtomicLong nanos = new AtomicLong();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|PT0S",
                "7|PT7S",
                "1.5|PT1.5S",
                "Sun, 01 Mar 2026 12:00:30 GMT|PT30S",
                "Sun, 01 Mar 2026 11:00:00 GMT|PT0S"
            })
    void aRetryAfterIsSecondsOrADate(String header, Duration wait) {
        assertThat(RetryAfter.of(headers("Retry-After", header), NOON)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1e9", "0x10", "12345678901234567890", "Sun, 99 Mar"})
    void anythingElseCountsAsNotSaid(String header) {
        assertThat(RetryAfter.of(headers("Retry-After", header), NOON)).isNull();
    }

    @Test
    void millisecondsWinOverSeconds() {
        ResponseHead headers =
                new ResponseHead(429, Map.of("retry-after-ms", "250", "retry-after", "1"));

        assertThat(RetryAfter.of(headers, NOON)).isEqualTo(Duration.ofMillis(250));
        assertThat(RetryAfter.of(headers("Other", "1"), NOON)).isNull();
    }

    @Test
    void theBudgetIsAShareOfTheMinutesCallsButAlwaysSome() {
        RetryBudget budget = new RetryBudget(OpenAiResilience.DEFAULT, nanos::get);

        assertThat(taken(budget)).isEqualTo(10);
        for (int i = 0; i < 250; i++) {
            budget.called();
        }
        assertThat(taken(budget)).isEqualTo(15);

        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(taken(budget)).isEqualTo(10);
    }

    @Test
    void aWrongKeyIsReportedOnceAMinuteWithoutTheKey() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(OperatorAlert.class);
        lines.start();
        log.addAppender(lines);
        OperatorAlert alert = new OperatorAlert(nanos::get);

        for (int second = 0; second < 90; second++) {
            alert.keyRefused("api.example.com");
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        log.detachAppender(lines);
        assertThat(lines.list)
                .hasSize(2)
                .allSatisfy(line -> {
                    assertThat(line.getLevel()).isEqualTo(Level.ERROR);
                    assertThat(line.getFormattedMessage())
                            .isEqualTo(
                                    "The model endpoint at api.example.com does not accept the API"
                                            + " key: every answer fails until OPENAI_API_KEY is"
                                            + " right");
                });
    }

    @Test
    void waitsAreRandomBetweenTheirBounds() {
        UpstreamGuard guard =
                new UpstreamGuard(
                        new OpenAiResilience(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(30),
                                10,
                                10_000,
                                50,
                                20,
                                Duration.ofSeconds(10),
                                10),
                        Clients.settings(URI.create("http://localhost/v1")));
        AttemptFailedException failure = UpstreamErrors.ofStatus(503, "", null);
        AttemptFailedException told = UpstreamErrors.ofStatus(503, "", Duration.ofSeconds(7));
        AttemptFailedException tooLong = UpstreamErrors.ofStatus(503, "", Duration.ofSeconds(31));
        long longest = 0;
        for (int i = 0; i < 500; i++) {
            UpstreamGuard.Attempts attempts = guard.attempts();
            assertThat(attempts.waitAfter(failure))
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
            Duration second = Objects.requireNonNull(attempts.waitAfter(failure));
            assertThat(second).isBetween(Duration.ofMillis(500), Duration.ofSeconds(8));
            longest = Math.max(longest, second.toMillis());
            assertThat(attempts.waitAfter(failure)).isNull();
            assertThat(guard.attempts().waitAfter(told))
                    .isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_500));
            assertThat(guard.attempts().waitAfter(tooLong)).isNull();
        }
        assertThat(longest).isGreaterThan(4_000);
    }

    private static int taken(RetryBudget budget) {
        int taken = 0;
        while (budget.take()) {
            taken++;
        }
        return taken;
    }

    private static ResponseHead headers(String name, String value) {
        return new ResponseHead(429, Map.of(name, value));
    }
}
