package org.assistantservice.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.assistantservice.bench.chat.Chat;
import org.assistantservice.bench.chat.ChatBook;
import org.assistantservice.bench.chat.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplyReaderTest {
    private static final String END =
            """
            event: thread.message.completed
            data: {"data":{"content":[{"text":{"value":" s1.0 s1.1 s1.2"}}]},"event":"x"}

            event: thread.run.completed
            data: {"data":{"id":"run_1"},"event":"thread.run.completed"}

            """;

    private final Tally tally = new Tally();
    private final ReplyReader reader = new ReplyReader(tally);
    private final Chat chat = new ChatBook().open(new Script(0, 3, Duration.ZERO));

    @BeforeEach
    void begin() {
        reader.begin(chat);
    }

    @Test
    void deltasInOrderAndAGoodEndAreNoFault() {
        read(delta(" s1.0") + delta(" s1.1") + delta(" s1.2") + END);

        assertThat(tally.faults()).isZero();
        assertThat(tally.take().tokens()).isEqualTo(3);
    }

    @Test
    void aStreamMayArriveInAnyPieces() {
        String stream = delta(" s1.0") + delta(" s1.1") + delta(" s1.2") + END;
        stream.chars().forEach(it -> feed(Character.toString(it)));
        tally.ended(chat);

        assertThat(tally.faults()).isZero();
        assertThat(tally.take().tokens()).isEqualTo(3);
    }

    @Test
    void oneDeltaMayHoldSeveralTokens() {
        read(delta(" s1.0 s1.1") + delta(" s1.2") + END);

        assertThat(tally.faults()).isZero();
    }

    @Test
    void chunksOfTheModelItselfAreRead() {
        read(
                """
                data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

                data: {"choices":[{"index":0,"delta":{"content":" s1.0"},"finish_reason":null}]}

                data: {"choices":[{"index":0,"delta":{"content":" s1.1"},"finish_reason":null}]}

                data: {"choices":[{"index":0,"delta":{"content":" s1.2"},"finish_reason":null}]}

                data: [DONE]

                """);

        assertThat(tally.faults()).isZero();
    }

    @Test
    void aLostTokenIsAFault() {
        read(delta(" s1.0") + delta(" s1.2") + END);

        assertThat(tally.faults()).isPositive();
        assertThat(tally.firstProblem()).isEqualTo("chat 1: token 2 is out of order");
    }

    @Test
    void aDoubledTokenIsAFault() {
        read(delta(" s1.0") + delta(" s1.1") + delta(" s1.1") + delta(" s1.2") + END);

        assertThat(tally.faults()).isPositive();
    }

    @Test
    void swappedTokensAreAFault() {
        read(delta(" s1.1") + delta(" s1.0") + delta(" s1.2") + END);

        assertThat(tally.faults()).isPositive();
    }

    @Test
    void aTokenOfAnotherChatIsAFault() {
        read(delta(" s1.0") + delta(" s7.1") + delta(" s1.1") + delta(" s1.2") + END);

        assertThat(tally.faults()).isEqualTo(1);
        assertThat(tally.firstProblem()).isEqualTo("chat 1 got a token of chat 7");
    }

    @Test
    void otherTextIsAFault() {
        read(delta(" s1.0") + delta("hello") + delta(" s1.1") + delta(" s1.2") + END);

        assertThat(tally.faults()).isEqualTo(1);
    }

    @Test
    void aMissingEndIsAFault() {
        read(delta(" s1.0") + delta(" s1.1") + delta(" s1.2"));

        assertThat(tally.faults()).isEqualTo(1);
        assertThat(tally.firstProblem()).isEqualTo("chat 1 ended without its last event");
    }

    @Test
    void aFailedRunIsAFault() {
        read("data: {\"data\":{},\"event\":\"thread.run.failed\"}\n\n");

        assertThat(tally.firstProblem())
                .isEqualTo("chat 1: {\"data\":{},\"event\":\"thread.run.failed\"}");
    }

    private void read(String stream) {
        feed(stream);
        tally.ended(chat);
    }

    private void feed(String piece) {
        reader.stream(Unpooled.copiedBuffer(piece, UTF_8), System.nanoTime());
    }

    private static String delta(String text) {
        return """
        id: run_1:1-4
        event: thread.message.delta
        data: {"data":{"id":"msg_1","object":"thread.message.delta","delta":{"role":"assistant",\
        "content":[{"index":0,"type":"text","text":{"value":"%s","annotations":[]}}]}},\
        "event":"thread.message.delta"}
        retry: 5000

        """
                .formatted(text);
    }
}
