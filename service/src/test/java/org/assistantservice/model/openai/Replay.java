package org.assistantservice.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.assistantservice.model.ModelTurn;
import org.assistantservice.testing.RecordingListener;

/// Plays the bytes of an answer as if they came from a network, and tells what a listener heard:
/// its lines without the ends of reads, and the turn or the failure. Ids made here are `call_*`.
final class Replay {
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
        AnswerReader reader = new AnswerReader(turn, reading.apply(turn), OpenAiLimits.DEFAULT);
        String end;
        try {
            for (int from = 0; from < stream.length && !reader.isDone(); ) {
                int length = Math.min(stream.length - from, Math.max(1, sizes.getAsInt()));
                readBorrowed(reader, stream, from, length);
                turn.readEnd();
                from += length;
            }
            end = worded(reader.end());
        } catch (AttemptFailedException e) {
            end = "failed %s: %s".formatted(e.failure().fault(), e.getMessage());
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

    /// As a connection does it: in a larger array, which is overwritten afterwards.
    private static void readBorrowed(AnswerReader reader, byte[] stream, int from, int length)
            throws AttemptFailedException {
        byte[] lent = new byte[length + 7];
        System.arraycopy(stream, from, lent, 3, length);
        reader.read(lent, 3, length);
        Arrays.fill(lent, (byte) 'x');
    }
}
