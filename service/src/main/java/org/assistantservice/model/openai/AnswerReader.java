package org.assistantservice.model.openai;

import static org.assistantservice.model.ModelException.Fault.PROTOCOL;

import java.io.IOException;
import java.io.InputStream;
import org.assistantservice.model.ModelTurn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the body of an answer as it arrives, within its bounds, to the end of the turn. For one
/// thread.
final class AnswerReader {
    /// Who watches over the time that reading takes.
    interface Watcher {
        /// Bytes have arrived.
        void heard();

        /// Whether nobody waits for the answer any more.
        boolean isStopped();
    }

    private static final Logger LOG = LoggerFactory.getLogger(AnswerReader.class);
    private static final int BUFFER_BYTES = 8 * 1024;
    private static final int READS_PER_FLUSH = 32;

    private final TurnAssembler turn;
    private final ChatStream chat;
    private final OpenAiLimits limits;
    private final Watcher watcher;

    AnswerReader(TurnAssembler turn, ChatStream chat, OpenAiLimits limits, Watcher watcher) {
        this.turn = turn;
        this.chat = chat;
        this.limits = limits;
        this.watcher = watcher;
    }

    /// The complete turn. A connection that breaks after the last chunk has done no harm; one that
    /// breaks before is an [IOException].
    ModelTurn read(InputStream body) throws IOException, AttemptFailedException {
        SseParser parser = new SseParser(chat, limits.maxEventBytes());
        try {
            readAll(body, parser);
            if (!isComplete()) {
                parser.end();
            }
        } catch (IOException e) {
            if (!isComplete() || watcher.isStopped()) {
                throw e;
            }
            LOG.debug("A stream broke off after its last chunk", e);
        }
        if (!isComplete()) {
            throw AttemptFailedException.last(
                    PROTOCOL,
                    "The stream of the model ended without a finish reason and without [DONE]");
        }
        return turn.complete();
    }

    private boolean isComplete() {
        return chat.isDone() || turn.isFinished();
    }

    private void readAll(InputStream body, SseParser parser)
            throws IOException, AttemptFailedException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = limits.maxResponseBytes();
        int unflushed = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            if (watcher.isStopped()) {
                throw new IOException("The call was stopped");
            }
            watcher.heard();
            left -= read;
            if (left < 0) {
                throw AttemptFailedException.last(
                        PROTOCOL,
                        "The answer of the model is longer than %d bytes"
                                .formatted(limits.maxResponseBytes()));
            }
            parser.feed(buffer, read);
            // The JDK hands out each HTTP chunk on its own; those that came together go on
            // together.
            if (++unflushed == READS_PER_FLUSH || body.available() == 0) {
                unflushed = 0;
                turn.readEnd();
            }
            if (chat.isDone()) {
                return;
            }
        }
    }
}
