package org.assistantservice.bench.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import org.assistantservice.bench.chat.Chat;

/// What the model needs to know of a request: whose it is, and how many tool results follow the
/// user's last message. Found by scanning backwards, since the history before it may be long.
///
/// @param chat the chat's number, or -1 if the request names none
/// @param results tool results after the user's last message
record Prompt(int chat, int results) {
    private static final byte[] MARK = Chat.mark().getBytes(ISO_8859_1);
    private static final byte[] RESULT = "\"role\":\"tool\"".getBytes(ISO_8859_1);

    static Prompt read(ByteBuf body) {
        byte[] bytes = new byte[body.readableBytes()];
        body.getBytes(body.readerIndex(), bytes);
        int mark = lastIndexOf(bytes, MARK);
        if (mark < 0) {
            return new Prompt(-1, 0);
        }
        int number = 0;
        int at = mark + MARK.length;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            number = 10 * number + bytes[at] - '0';
            at++;
        }
        return new Prompt(number, count(bytes, at));
    }

    private static int count(byte[] bytes, int from) {
        int count = 0;
        for (int i = from; i <= bytes.length - RESULT.length; i++) {
            if (matches(bytes, i, RESULT)) {
                count++;
            }
        }
        return count;
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        for (int i = bytes.length - wanted.length; i >= 0; i--) {
            if (matches(bytes, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] bytes, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
