package org.assistantservice.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The connection of one caller, opened at its first chat and after it was lost, and who waits for
/// the end of its answer. Used on the event loop only.
final class KeptConnection {
    private final Target target;
    private final Bootstrap bootstrap;
    private final Tally tally;
    private @Nullable Channel connection;
    private @Nullable Runnable ended;

    KeptConnection(Target target, Bootstrap bootstrap, Tally tally) {
        this.target = target;
        this.bootstrap = bootstrap;
        this.tally = tally;
    }

    /// An answer is awaited from now on: sends on the open connection, or opens one.
    ///
    /// @param whenEnded runs once, at [#end] or when there is no connection
    void begin(Runnable whenEnded, Consumer<Channel> send, Consumer<Channel> connected) {
        ended = whenEnded;
        Channel open = connection;
        if (open != null && open.isActive()) {
            send.accept(open);
            return;
        }
        bootstrap
                .connect("127.0.0.1", target.port())
                .addListener(
                        (ChannelFutureListener)
                                done -> {
                                    if (done.isSuccess()) {
                                        connection = done.channel();
                                        connected.accept(done.channel());
                                    } else {
                                        tally.problem("no connection: " + done.cause(), 1);
                                        end();
                                    }
                                });
    }

    /// The answer has ended.
    void end() {
        Runnable current = ended;
        ended = null;
        if (current != null) {
            current.run();
        }
    }

    /// The other side has closed it.
    void lost() {
        connection = null;
        end();
    }

    /// Leaves; nobody is told of an end.
    void close() {
        ended = null;
        Channel open = connection;
        if (open != null) {
            var _ = open.close();
        }
    }
}
