package org.assistantservice.protocol.brainstorm;

import java.util.List;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.server.AsciiBuffer;

/// What clients are sent, each as one text message. Every turn ends with one [Done], whatever
/// becomes of it.
sealed interface Frame {
    int ROOM = 128;

    /// Which conversation it belongs to; empty if the client did not say.
    String chatId();

    /// Frames as compact JSON in ASCII, a line feed after each.
    static byte[] lines(List<Frame> frames) {
        AsciiBuffer to = new AsciiBuffer(ROOM * frames.size());
        frames.forEach(frame -> frame.append(to).raw("\n"));
        return to.toBytes();
    }

    /// The frame as compact JSON in ASCII.
    default byte[] json() {
        return append(new AsciiBuffer(ROOM)).toBytes();
    }

    AsciiBuffer append(AsciiBuffer to);

    /// What a piece belongs to.
    enum Tag {
        MESSAGE("message"),
        IDEA("idea");

        private final String wire;

        Tag(String wire) {
            this.wire = wire;
        }
    }

    /// A piece of the message or of an idea; the pieces up to one with `isLast` make up the whole.
    record Piece(String chunk, String chatId, Tag tag, boolean isLast) implements Frame {
        @Override
        public AsciiBuffer append(AsciiBuffer to) {
            return to.raw("{\"chunk\":\"")
                    .text(chunk)
                    .raw("\",\"chatId\":\"")
                    .text(chatId)
                    .raw("\",\"tag\":\"")
                    .raw(tag.wire)
                    .raw(isLast ? "\",\"done\":true}" : "\",\"done\":false}");
        }
    }

    /// The turn is over.
    record Done(String chatId) implements Frame {
        @Override
        public AsciiBuffer append(AsciiBuffer to) {
            return to.raw("{\"chatId\":\"").text(chatId).raw("\",\"tag\":\"done\"}");
        }
    }

    /// What went wrong; [Done] follows.
    ///
    /// @param error a sentence for the user, no full stop, which ends with the correlation id
    record Fault(String error, String chatId) implements Frame {
        static Fault of(String error, String chatId, CorrelationId correlationId) {
            String suffix = "(correlation_id: %s)".formatted(correlationId.shortForm());
            return new Fault(error.endsWith(suffix) ? error : error + " " + suffix, chatId);
        }

        @Override
        public AsciiBuffer append(AsciiBuffer to) {
            return to.raw("{\"tag\":\"error\",\"error\":\"")
                    .text(error)
                    .raw("\",\"chatId\":\"")
                    .text(chatId)
                    .raw("\"}");
        }
    }
}
