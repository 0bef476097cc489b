package org.assistantservice.bench.model;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import org.assistantservice.bench.chat.Chat;

/// Writes one text by a fixed schedule, whatever happened to the tokens before: the first at once,
/// the second a part of a gap later, which differs from chat to chat, then one each gap, and the
/// end when as many gaps have passed as there are tokens. Each is a write and a flush of its own.
///
/// The part of a gap keeps texts that began at the same distance from each other out of step: in
/// step, a server reads the tokens of all of them in one pass and looks cheaper than it is.
final class TokenStream implements Runnable {
    /// Its multiples, less their whole parts, are spread evenly over 0 to 1.
    private static final double GOLDEN_RATIO = 0.618_033_988_749_895;

    private final ChannelHandlerContext connection;
    private final Chat chat;
    private final Lateness lateness;
    private final int tokens;
    private final long gap;
    private final long firstGap;
    private final long start = System.nanoTime();
    private int next;
    private boolean over;

    TokenStream(ChannelHandlerContext connection, Chat chat, Lateness lateness) {
        this.connection = connection;
        this.chat = chat;
        this.lateness = lateness;
        tokens = chat.script().tokens();
        gap = chat.script().gap().toNanos();
        firstGap = (long) (gap * (chat.number() * GOLDEN_RATIO % 1));
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
        if (next == 0) {
            return start;
        }
        return next == tokens ? start + tokens * gap : start + firstGap + (next - 1) * gap;
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
