package org.assistantservice.bench.model;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import org.assistantservice.bench.chat.Chat;

/// Writes one text by a fixed schedule: token i is due i gaps after the start, whatever happened to
/// the ones before it, and each is a write and a flush of its own. The end follows one gap after
/// the last token, so that a text takes as many gaps as it has tokens.
final class TokenStream implements Runnable {
    private final ChannelHandlerContext connection;
    private final Chat chat;
    private final Lateness lateness;
    private final int tokens;
    private final long gap;
    private final long start = System.nanoTime();
    private int next;
    private boolean over;

    TokenStream(ChannelHandlerContext connection, Chat chat, Lateness lateness) {
        this.connection = connection;
        this.chat = chat;
        this.lateness = lateness;
        tokens = chat.script().tokens();
        gap = chat.script().gap().toNanos();
    }

    /// Writes all that is due, and comes back for the rest.
    @Override
    public void run() {
        long now = System.nanoTime();
        while (!over && now - due() >= 0) {
            step(now);
            now = System.nanoTime();
        }
        if (!over) {
            var _ = connection.executor().schedule(this, due() - now, TimeUnit.NANOSECONDS);
        }
    }

    /// The connection is gone.
    void cut() {
        if (!over) {
            over = true;
            chat.cut(System.nanoTime());
        }
    }

    private long due() {
        return start + next * gap;
    }

    private void step(long now) {
        if (next == tokens) {
            over = true;
            var _ = connection.write(Chunks.textEnd(), connection.voidPromise());
            var _ = connection.writeAndFlush(Chunks.end(), connection.voidPromise());
            return;
        }
        lateness.add(now - due());
        chat.written(next, now);
        var _ =
                connection.writeAndFlush(
                        Chunks.token(connection.alloc(), chat.number(), next),
                        connection.voidPromise());
        next++;
    }
}
