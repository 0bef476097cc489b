package org.assistantservice.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.assistantservice.bench.chat.ChatBook;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.LoadClient;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.load.Target;
import org.assistantservice.bench.model.ModelServer;
import org.assistantservice.bench.sut.Build;
import org.assistantservice.bench.sut.Cores;
import org.assistantservice.bench.sut.Servers;

/// The tools: scripted model and load client on one event loop of this process, and the starter of
/// servers that ask that model.
final class Rig implements AutoCloseable {
    private static final Duration WARM_UP = Duration.ofMinutes(3);
    private static final int WARM_RUNS = 600;

    /// So many that the compiler is done with all that a run needs; about ten seconds.
    private static final int WARM_SHORT_RUNS = 8_000;

    private static final int WARM_CLIENTS = 32;
    private static final int WARM_TOKENS = 200;

    /// 2,000 tokens a second: fast, yet every token is read and written by itself.
    private static final Duration WARM_GAP = Duration.ofNanos(500_000);

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ModelServer model;
    private final LoadClient client;
    private final Servers servers;
    private final Build other;

    /// @param service the build that is measured
    /// @param other a build to compare it with
    Rig(Build service, Build other) {
        ChatBook chats = new ChatBook();
        model = ModelServer.start(group, chats);
        client = new LoadClient(group.next(), chats);
        servers = new Servers(Cores.ofThisMachine(), service, model.port());
        this.other = other;
    }

    LoadClient client() {
        return client;
    }

    Servers servers() {
        return servers;
    }

    Build other() {
        return other;
    }

    /// The model itself, without a server between.
    Target direct() {
        return Target.of(model.port(), Target.Api.COMPLETIONS);
    }

    /// The model's lateness since the last call.
    Histogram lateness() {
        return client.onLoop(() -> model.lateness().take());
    }

    /// Fast runs until the JIT compiler has seen enough.
    void warm(Side side, Target target) throws InterruptedException {
        Script fast = new Script(side.runsTools() ? 1 : 0, WARM_TOKENS, WARM_GAP);
        check(
                client.chats(target, fast, WARM_CLIENTS, WARM_RUNS).await(WARM_UP),
                side.label() + " while it was warmed");
        Script shortest = side.runsTools() ? Script.SHORT_RUN : Script.SHORT_RUN.withoutCalls();
        check(
                client.chats(target, shortest, WARM_CLIENTS, WARM_SHORT_RUNS).await(WARM_UP),
                side.label() + " while it was warmed with short runs");
    }

    /// Fails if a load that must be flawless was not.
    static void check(Load load, String whose) {
        if (load.tally(Tally::faults) > 0) {
            throw new IllegalStateException(whose + ": " + load.tally(Tally::firstProblem));
        }
    }

    @Override
    public void close() {
        model.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
