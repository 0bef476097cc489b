package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.assistantservice.testing.ModelChunks;
import org.assistantservice.testing.RecordingListener;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private final RecordingListener listener = new RecordingListener();
    private final TurnAssembler turn = new TurnAssembler(listener, OpenAiLimits.DEFAULT);

    @Test
    void anAnswerThatBreaksAfterItsFinishReasonIsWhole() throws Exception {
        InputStream body = breakingAfter(ModelChunks.text("a"), ModelChunks.finish("stop"));

        assertThat(reader(false).read(body).text()).isEqualTo("a");
    }

    @Test
    void anAnswerThatBreaksBeforeItsFinishReasonIsBroken() {
        InputStream body = breakingAfter(ModelChunks.text("a"));

        assertThatThrownBy(() -> reader(false).read(body))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
        assertThat(turn.isShown()).isTrue();
    }

    @Test
    void anAnswerThatNobodyWaitsForIsNotDelivered() {
        InputStream body = breakingAfter(ModelChunks.text("a"), ModelChunks.finish("stop"));

        assertThatThrownBy(() -> reader(true).read(body))
                .isInstanceOf(IOException.class)
                .hasMessage("The call was stopped");
        assertThat(listener.heard()).isEmpty();
    }

    private AnswerReader reader(boolean stopped) {
        AnswerReader.Watcher watcher =
                new AnswerReader.Watcher() {
                    @Override
                    public void heard() {
                        // Nobody measures time here.
                    }

                    @Override
                    public boolean isStopped() {
                        return stopped;
                    }
                };
        return new AnswerReader(turn, ChatStream.into(turn), OpenAiLimits.DEFAULT, watcher);
    }

    private static InputStream breakingAfter(String... chunks) {
        StringBuilder frames = new StringBuilder();
        for (String chunk : chunks) {
            frames.append(new String(ModelChunks.frame(chunk), UTF_8));
        }
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        throw new IOException("connection reset");
                    }
                };
        return new SequenceInputStream(
                new ByteArrayInputStream(frames.toString().getBytes(UTF_8)), broken);
    }
}
