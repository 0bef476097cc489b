package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.PROTOCOL;

import org.assistantservice.model.ModelTurn;

/// Reads the body of an answer as it arrives, within its bounds, to the end of the turn. For one
/// thread.
final class AnswerReader {
    private final TurnAssembler turn;
    private final ChatStream chat;
    private final SseParser parser;
    private final long maxBytes;
    private long bytesSoFar;

    AnswerReader(TurnAssembler turn, ChatStream chat, OpenAiLimits limits) {
        this.turn = turn;
        this.chat = chat;
        parser = new SseParser(chat, limits.maxEventBytes());
        maxBytes = limits.maxResponseBytes();
    }

    /// Takes the next bytes; what they bring goes to the listener of the turn.
    void read(byte[] bytes, int from, int length) throws AttemptFailedException {
        if (chat.isDone()) {
            return;
        }
        bytesSoFar += length;
        if (bytesSoFar > maxBytes) {
            throw AttemptFailedException.last(
                    PROTOCOL,
                    "The answer of the model is longer than %d bytes".formatted(maxBytes));
        }
        parser.feed(bytes, from, from + length);
    }

    /// Whether the server has said that nothing follows.
    boolean isDone() {
        return chat.isDone();
    }

    /// Whether all of the turn has come. If the connection breaks now, it has done no harm.
    boolean isComplete() {
        return chat.isDone() || turn.isFinished();
    }

    /// The turn, now that no more bytes come.
    ModelTurn end() throws AttemptFailedException {
        if (!isComplete()) {
            parser.end();
        }
        if (!isComplete()) {
            throw AttemptFailedException.last(
                    PROTOCOL,
                    "The stream of the model ended without a finish reason and without [DONE]");
        }
        return turn.complete();
    }
}
