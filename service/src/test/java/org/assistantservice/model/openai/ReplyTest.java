package org.assistantservice.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.model.openai.http.ResponseHead;
import org.assistantservice.testing.ModelChunks;
import org.assistantservice.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplyTest {
    private static final ResponseHead STREAM =
            new ResponseHead(200, Map.of("Content-Type", "text/event-stream"));
    private static final Duration LONG = Duration.ofMinutes(1);

    private final RecordingListener listener = new RecordingListener();
    private final List<ModelTurn> turns = new ArrayList<>();
    private final TurnAssembler turn = new TurnAssembler(listener, OpenAiLimits.DEFAULT);
    private final AttemptWatch watch =
            new AttemptWatch(Clients.bootstrap().config().group(), LONG, LONG, LONG);
    private final Reply reply = new Reply(watch, turn, OpenAiLimits.DEFAULT, turns::add);

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void anAnswerThatBreaksAfterItsFinishReasonIsWhole() throws Exception {
        reply.head(STREAM);
        read(ModelChunks.text("a"), ModelChunks.finish("stop"));

        reply.broken(new IOException("connection reset"));

        reply.check();
        assertThat(turns).extracting(ModelTurn::text).containsExactly("a");
    }

    @Test
    void anAnswerThatBreaksBeforeItsFinishReasonIsBroken() {
        reply.head(STREAM);
        read(ModelChunks.text("a"));

        reply.broken(new IOException("connection reset"));

        assertThatThrownBy(reply::check)
                .isInstanceOfSatisfying(
                        AttemptFailedException.class,
                        failure -> assertThat(failure.worthRetrying()).isFalse())
                .hasMessage("The model endpoint broke off its answer: connection reset");
        assertThat(turns).isEmpty();
    }

    @Test
    void aReplyThatNeverBeganMayBeAskedForAgain() {
        reply.broken(new IOException("connection reset"));

        assertThatThrownBy(reply::check)
                .isInstanceOfSatisfying(
                        AttemptFailedException.class,
                        failure -> assertThat(failure.worthRetrying()).isTrue())
                .hasMessage("The model endpoint cannot be reached: connection reset");
    }

    @Test
    void anAnswerThatNobodyWaitsForIsNotDelivered() {
        reply.head(STREAM);
        watch.stop("The call was cancelled");

        boolean goesOn = read(ModelChunks.text("a"), ModelChunks.finish("stop"));

        assertThat(goesOn).isFalse();
        assertThatThrownBy(reply::check).hasMessage("The call was cancelled");
        assertThat(listener.heard()).isEmpty();
        assertThat(turns).isEmpty();
    }

    @Test
    void aWordOfTheEndIsEnoughAndTheRestIsNotWaitedFor() throws Exception {
        reply.head(STREAM);
        read(ModelChunks.text("a"), "[DONE]");

        boolean goesOn = reply.readEnd();

        assertThat(goesOn).isFalse();
        reply.check();
        assertThat(turns).extracting(ModelTurn::text).containsExactly("a");
        assertThat(listener.heard()).containsExactly("text a", "read end");
    }

    @Test
    void ofAnEndlessRefusalTheBeginningIsEnough() {
        reply.head(new ResponseHead(400, Map.of()));
        byte[] page = new byte[5_000];

        int reads = 1;
        while (reply.body(page, 0, page.length)) {
            reads++;
        }

        assertThat(reads).isEqualTo(4);
        assertThatThrownBy(reply::check)
                .hasMessage("The model endpoint answered 400 (16384 characters)");
    }

    private boolean read(String... chunks) {
        boolean goesOn = true;
        for (String chunk : chunks) {
            byte[] frame = ModelChunks.frame(chunk);
            goesOn &= reply.body(frame, 0, frame.length);
        }
        return goesOn;
    }
}
