package org.assistantservice.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.assistantservice.bench.chat.ChatBook;
import org.assistantservice.bench.chat.Script;

/// Starts loads. Everything they do happens on one event loop, the model's.
public final class LoadClient {
    private final EventLoop loop;
    private final ChatBook chats;
    private final Bootstrap bootstrap;

    public LoadClient(EventLoop loop, ChatBook chats) {
        this.loop = loop;
        this.chats = chats;
        bootstrap =
                new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(new NoHandlerYet());
    }

    /// `clients` chats at all times, until it is told to finish.
    public Load closed(Target target, Script script, int clients) {
        return chats(target, script, clients, Long.MAX_VALUE);
    }

    /// `most` chats, `clients` at a time; ends by itself.
    public Load chats(Target target, Script script, int clients, long most) {
        Tally tally = new Tally();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            callers.add(caller(target, tally));
        }
        return new Load(this, tally, new ClosedLoop(callers, script, this, tally, most)).start();
    }

    /// Chats that begin at a fixed rate.
    public Load open(Target target, Script script, double startsPerSecond) {
        Tally tally = new Tally();
        Supplier<Caller> callers = () -> caller(target, tally);
        return new Load(this, tally, new OpenLoop(callers, script, this, tally, startsPerSecond))
                .start();
    }

    /// Clients that ask once and read nothing of the answer.
    public Load deaf(Target target, Script script, int clients) {
        Tally tally = new Tally();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            callers.add(new StreamCaller(target, bootstrap, tally, false));
        }
        return new Load(this, tally, new ClosedLoop(callers, script, this, tally, clients)).start();
    }

    ChatBook chats() {
        return chats;
    }

    EventLoop loop() {
        return loop;
    }

    /// Does the work on the event loop and waits for it.
    public <T> T onLoop(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, loop).join();
    }

    private Caller caller(Target target, Tally tally) {
        return new StreamCaller(target, bootstrap, tally, true);
    }
}
