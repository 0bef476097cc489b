package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.testing.RecordingListener;

/// Plays the bytes of an answer as if they came from a network, and tells what a listener heard:
/// its lines without the ends of reads, and the turn or the failure. Ids made here are `call_*`.
final class Replay {
    private static final AnswerReader.Watcher PATIENT =
            new AnswerReader.Watcher() {
                @Override
                public void heard() {
                    // Nobody measures time here.
                }

                @Override
                public boolean isStopped() {
                    return false;
                }
            };

    private Replay() {}

    /// Chunks as JSON, in frames.
    static List<String> chunks(String... chunks) {
        StringBuilder stream = new StringBuilder();
        for (String chunk : chunks) {
            stream.append("data: ").append(chunk).append("\n\n");
        }
        return stream(stream.toString());
    }

    static List<String> stream(String stream) {
        return bytes(stream.getBytes(UTF_8), () -> Integer.MAX_VALUE);
    }

    /// @param sizes of the reads
    static List<String> bytes(byte[] stream, IntSupplier sizes) {
        return play(stream, sizes, ChatStream::into);
    }

    /// Without the fast path.
    static List<String> strictly(byte[] stream, IntSupplier sizes) {
        return play(stream, sizes, ChatStream::strictInto);
    }

    private static List<String> play(
            byte[] stream, IntSupplier sizes, Function<TurnAssembler, ChatStream> reading) {
        RecordingListener listener = new RecordingListener();
        TurnAssembler turn = new TurnAssembler(listener, OpenAiLimits.DEFAULT);
        AnswerReader reader =
                new AnswerReader(turn, reading.apply(turn), OpenAiLimits.DEFAULT, PATIENT);
        String end;
        try {
            end = worded(reader.read(new SplitStream(stream, sizes)));
        } catch (AttemptFailedException e) {
            end = "failed %s: %s".formatted(e.failure().fault(), e.getMessage());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<String> heard = new ArrayList<>(listener.heardWithoutReads());
        heard.add(end);
        return heard.stream().map(line -> line.replaceAll("call_[0-9a-f]{32}", "call_*")).toList();
    }

    private static String worded(ModelTurn turn) {
        List<String> calls = new ArrayList<>();
        turn.calls()
                .forEach(call ->
                        calls.add(
                                " %s %s %s%s"
                                        .formatted(
                                                call.id(),
                                                call.name(),
                                                call.argumentsJson(),
                                                call.extraJson() == null
                                                        ? ""
                                                        : " +" + call.extraJson())));
        return "%s '%s'%s%s"
                .formatted(
                        turn.finishReason(),
                        turn.text(),
                        String.join(";", calls),
                        turn.usage() == null
                                ? ""
                                : " %d+%d"
                                        .formatted(
                                                turn.usage().promptTokens(),
                                                turn.usage().completionTokens()));
    }

    /// Hands out its bytes in reads of given sizes.
    private static final class SplitStream extends ByteArrayInputStream {
        private final IntSupplier sizes;

        SplitStream(byte[] bytes, IntSupplier sizes) {
            super(bytes);
            this.sizes = sizes;
        }

        @Override
        public int read(byte[] buffer) {
            return read(buffer, 0, Math.min(buffer.length, Math.max(1, sizes.getAsInt())));
        }
    }
}
