package org.assistantservice.bench.load;

import io.netty.bootstrap.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.bench.chat.Chat;
import org.jspecify.annotations.Nullable;

/// Asks, and as soon as the run has a name lets more clients read its events. Its chat ends when
/// all have ended.
final class WatchedCaller implements Caller {
    private final Target target;
    private final Tally tally;
    private final StreamCaller asker;
    private final Bootstrap bootstrap;
    private final int watchers;
    private final List<StreamCaller> watching = new ArrayList<>();
    private @Nullable Chat chat;
    private int open;

    WatchedCaller(Target target, Bootstrap bootstrap, Tally tally, int watchers) {
        this.target = target;
        this.bootstrap = bootstrap;
        this.tally = tally;
        this.watchers = watchers;
        asker = new StreamCaller(target, bootstrap, tally, true);
    }

    @Override
    public void ask(Chat next, Runnable ended) {
        chat = next;
        open = 1;
        asker.whenRunning(run -> watch(run, ended)).ask(next, () -> left(ended));
    }

    @Override
    public void close() {
        asker.close();
        watching.forEach(StreamCaller::close);
    }

    private void watch(String run, Runnable ended) {
        Chat current = chat;
        if (current == null) {
            return;
        }
        watching.clear();
        open += watchers;
        for (int i = 0; i < watchers; i++) {
            StreamCaller watcher = new StreamCaller(target.watching(run), bootstrap, tally, true);
            watching.add(watcher);
            Chat seen = current.forAnotherReader();
            watcher.ask(
                    seen,
                    () -> {
                        tally.ended(seen);
                        watcher.close();
                        left(ended);
                    });
        }
    }

    private void left(Runnable ended) {
        open--;
        if (open == 0) {
            ended.run();
        }
    }
}
