package org.assistantservice.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.assistantservice.bench.chat.Chat;

/// Asks, lets the answer run for a while, then cancels the run and notes when the model's stream
/// was closed.
final class CancelCaller implements Caller {
    private static final long WATCHED_MILLIS = 500;
    private static final long CLOSED_WITHIN_MILLIS = 2_000;

    private final Target target;
    private final Bootstrap bootstrap;
    private final Tally tally;
    private final StreamCaller asker;
    private final EventLoop loop;

    CancelCaller(Target target, Bootstrap bootstrap, Tally tally, EventLoop loop) {
        this.target = target;
        this.bootstrap = bootstrap;
        this.tally = tally;
        this.loop = loop;
        asker = new StreamCaller(target, bootstrap, new Tally(), true);
    }

    @Override
    public void ask(Chat chat, Runnable ended) {
        asker.whenRunning(run -> later(() -> cancel(chat, run, ended), WATCHED_MILLIS))
                .ask(chat, () -> {});
    }

    @Override
    public void close() {
        asker.close();
    }

    private void cancel(Chat chat, String run, Runnable ended) {
        Chat order = chat.forAnotherReader();
        StreamCaller canceller =
                new StreamCaller(target.cancelling(run), bootstrap, new Tally(), true);
        canceller.ask(order, canceller::close);
        later(
                () -> {
                    if (chat.cutAt() != 0) {
                        tally.cut(chat.cutAt() - order.askedAt());
                    }
                    chat.finished();
                    ended.run();
                },
                CLOSED_WITHIN_MILLIS);
    }

    private void later(Runnable task, long millis) {
        var _ = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
    }
}
