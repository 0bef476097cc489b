package org.assistantservice.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assistantservice.model.ModelException.Fault.UNAVAILABLE;
import static org.assistantservice.model.openai.Clients.asking;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.assistantservice.model.ModelException;
import org.assistantservice.testing.RecordingListener;
import org.assistantservice.testing.ScriptedModelServer;
import org.assistantservice.testing.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private ScriptedModelServer server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedModelServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void anEndpointThatNeverAnswersIsGivenUp() throws Exception {
        server.enqueue(Turn.neverAnswers());

        ModelException failure = failure(Duration.ofMillis(300), Duration.ofSeconds(20));

        assertThat(failure.fault()).isEqualTo(UNAVAILABLE);
        assertThat(failure).hasMessage("The model endpoint did not answer within PT0.3S");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anAnswerThatFallsSilentIsGivenUp() throws Exception {
        server.enqueue(Turn.text("a").hang());

        ModelException failure = failure(Duration.ofMillis(300), Duration.ofSeconds(20));

        assertThat(failure.fault()).isEqualTo(UNAVAILABLE);
        assertThat(failure)
                .hasMessage("The model endpoint fell silent for PT0.3S within its answer");
    }

    @Test
    void headersWithoutABodyAreSilenceAndNotRetried() throws Exception {
        server.enqueue(Turn.data().hang());

        ModelException failure = failure(Duration.ofMillis(300), Duration.ofSeconds(20));

        assertThat(failure)
                .hasMessage("The model endpoint fell silent for PT0.3S within its answer");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aSlowDripIsEndedByTheTotalDeadline() throws Exception {
        String[] words = new String[100];
        Arrays.fill(words, "x");
        server.enqueue(Turn.text(words).pace(Duration.ofMillis(100)));

        ModelException failure = failure(Duration.ofMillis(600), Duration.ofMillis(900));

        assertThat(failure).hasMessage("The model endpoint took longer than PT0.9S");
    }

    @Test
    void anErrorPageThatNeverEndsIsGivenUp() throws Exception {
        server.enqueue(Turn.status(400, Map.of(), "{").hang());

        ModelException failure = failure(Duration.ofMillis(300), Duration.ofSeconds(20));

        assertThat(failure.fault()).isIn(UNAVAILABLE, ModelException.Fault.REJECTED);
    }

    @Test
    void commentsKeepAnAnswerAlive() throws Exception {
        Turn turn = Turn.data();
        for (int i = 0; i < 8; i++) {
            turn = turn.silence(Duration.ofMillis(100)).bytes(": still here\n");
        }
        server.enqueue(turn.then("a").ending(Turn.Ending.COMPLETE));

        assertThat(listen(Duration.ofMillis(500), Duration.ofSeconds(20)).turn().text())
                .isEqualTo("a");
    }

    private ModelException failure(Duration silence, Duration total) throws Exception {
        return listen(silence, total).failure();
    }

    private RecordingListener listen(Duration silence, Duration total) throws Exception {
        RecordingListener listener = new RecordingListener();
        try (OpenAiModelClient client =
                Clients.of(Clients.settings(server.baseUrl(), silence, total), Clients.QUICK)) {
            client.start(asking("hi"), listener);
            assertThat(listener.endsWithin(Duration.ofSeconds(10))).isTrue();
            await().untilAsserted(() -> assertThat(client.liveCalls()).isZero());
            await().untilAsserted(
                            () -> assertThat(server.openConnections()).isLessThanOrEqualTo(1));
        }
        return listener;
    }
}
