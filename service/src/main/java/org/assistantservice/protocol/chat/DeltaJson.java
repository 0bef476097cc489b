package org.assistantservice.protocol.chat;

import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.server.AsciiBuffer;

/// The payload of `thread.message.delta`, the one frame written for every token: constant bytes,
/// the message's id and the escaped text, without maps, records or a JSON library. It must always
/// equal what [ChatFrames] makes of the same event; a test holds the two together.
final class DeltaJson {
    private static final byte[] BEFORE_ID = AsciiBuffer.ascii("{\"data\":{\"id\":\"");
    private static final byte[] BEFORE_TEXT =
            AsciiBuffer.ascii(
                    """
                    ","object":"thread.message.delta","delta":{"role":"assistant","content":[\
                    {"index":0,"type":"text","text":{"value":\"\
                    """);
    private static final byte[] AFTER_TEXT =
            AsciiBuffer.ascii("\",\"annotations\":[]}}]}},\"event\":\"thread.message.delta\"}");

    private static final int CONSTANT = BEFORE_ID.length + BEFORE_TEXT.length + AFTER_TEXT.length;

    private DeltaJson() {}

    /// How many bytes [#append] adds.
    static int size(MessageDelta delta) {
        return CONSTANT + delta.messageId().value().length() + AsciiBuffer.lengthOf(delta.text());
    }

    static void append(AsciiBuffer to, MessageDelta delta) {
        to.raw(BEFORE_ID)
                .raw(delta.messageId().value())
                .raw(BEFORE_TEXT)
                .text(delta.text())
                .raw(AFTER_TEXT);
    }
}
