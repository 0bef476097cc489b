package org.assistantservice.protocol.stateless;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.Sampling;
import org.assistantservice.run.EventBatch;
import org.assistantservice.run.RoundCap;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunSpec;
import org.assistantservice.run.RunState;
import org.assistantservice.run.RunStatus;
import org.assistantservice.run.SequencedEvent;
import org.assistantservice.server.StreamContext;
import org.assistantservice.server.StreamFormat.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnFormatTest {
    private static final CorrelationId CORRELATION = new CorrelationId("abcdef12-3456");
    private static final Instant NOW = Instant.parse("2026-11-20T11:16:59.250Z");
    private static final StatelessMessage ASKED =
            new StatelessMessage("Hello", "", ClientContext.NONE);

    private final Run run = run();
    private final TurnFormat format =
            new TurnFormat(new TurnFrames(ASKED, CORRELATION, _ -> Optional.empty()));

    @ParameterizedTest
    @EnumSource
    void anEndThatTheReaderDidNotGetComesAtTheEndOfTheStream(Ending ending) {
        byte[] end = encoded(RunStatus.COMPLETED);

        byte[] last = format.ending(ending, context());

        assertThat(end).asString(UTF_8).endsWith("data: [DONE]\n\n").contains("Hello");
        assertThat(last).isEqualTo(end);
    }

    @ParameterizedTest
    @EnumSource
    void anEndThatIsOnItsWayIsNotSentAgain(Ending ending) {
        format.taken(encoded(RunStatus.COMPLETED));

        assertThat(format.ending(ending, context())).isEmpty();
    }

    @Test
    void anEndMadeAgainIsOnItsWayWhenItWasTaken() {
        encoded(RunStatus.COMPLETED);
        format.taken(encoded(RunStatus.IN_PROGRESS));
        assertThat(format.ending(Ending.TOO_LONG, context())).isNotEmpty();

        format.taken(encoded(RunStatus.COMPLETED));

        assertThat(format.ending(Ending.TOO_LONG, context())).isEmpty();
    }

    private byte[] encoded(RunStatus status) {
        var event = new RunChanged(status, false, run);
        return new EventBatch(run.id(), List.of(new SequencedEvent(1, 1, event)))
                .encoded(format.encoder());
    }

    private StreamContext context() {
        return new StreamContext(
                Principal.ANONYMOUS,
                CORRELATION,
                run.threadId(),
                "127.0.0.1",
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
    }

    private static Run run() {
        return new Run(
                new RunSpec(
                        RunId.random(),
                        ThreadId.random(),
                        new AssistantId("asst_research"),
                        "v1",
                        Principal.ANONYMOUS,
                        CORRELATION,
                        "gpt-test",
                        "Search.",
                        List.of(),
                        Sampling.DEFAULT,
                        new RoundCap(25, RoundCap.AtCap.FAIL),
                        null,
                        false,
                        Map.of(),
                        NOW,
                        NOW.plusSeconds(600)),
                RunState.QUEUED);
    }
}
