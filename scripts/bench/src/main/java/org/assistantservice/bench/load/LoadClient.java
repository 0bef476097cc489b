package org.assistantservice.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.assistantservice.bench.chat.ChatBook;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.connection.NoHandlerYet;
import org.assistantservice.bench.load.ClosedLoop.Order;

/// Starts loads. Everything they do happens on one event loop, the model's.
public final class LoadClient {
    private static final int SMALL_BUFFER = 4096;

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

    /// `clients` chats at all times, until it is told to finish; the first ones are spread over the
    /// length of one text.
    public Load closed(Target target, Script script, int clients) {
        return closed(target, script, clients, script.length());
    }

    /// The same with another time for the first ones to begin.
    public Load closed(Target target, Script script, int clients, Duration spread) {
        return closed(
                Collections.nCopies(clients, target), new Order(script, spread, Long.MAX_VALUE));
    }

    /// `most` chats, `clients` at a time; ends by itself.
    public Load chats(Target target, Script script, int clients, long most) {
        return closed(
                Collections.nCopies(clients, target), new Order(script, script.length(), most));
    }

    /// One chat for each of `clients`, all begun at the same moment; ends by itself.
    public Load atOnce(Target target, Script script, int clients) {
        return closed(
                Collections.nCopies(clients, target), new Order(script, Duration.ZERO, clients));
    }

    /// `most` chats, one after the other, on each of the targets in turn; ends by itself.
    public Load inTurn(List<Target> targets, Script script, long most) {
        Tally tally = new Tally();
        Caller all = new CallerInTurn(targets.stream().map(it -> caller(it, tally)).toList());
        Order order = new Order(script, Duration.ZERO, most);
        return new Load(this, tally, new ClosedLoop(List.of(all), this, tally, order)).start();
    }

    private Load closed(List<Target> targets, Order order) {
        Tally tally = new Tally();
        List<Caller> callers = targets.stream().map(it -> caller(it, tally)).toList();
        return new Load(this, tally, new ClosedLoop(callers, this, tally, order)).start();
    }

    /// Chats that begin at a fixed rate.
    public Load open(Target target, Script script, double startsPerSecond) {
        Tally tally = new Tally();
        Supplier<Caller> callers = () -> caller(target, tally);
        return new Load(this, tally, new OpenLoop(callers, script, this, tally, startsPerSecond))
                .start();
    }

    /// Clients that ask once, all at the same moment, and read nothing of the answer.
    public Load deaf(Target target, Script script, int clients) {
        Tally tally = new Tally();
        Bootstrap small = bootstrap.clone().option(ChannelOption.SO_RCVBUF, SMALL_BUFFER);
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            callers.add(new StreamCaller(target, small, tally, false));
        }
        Order once = new Order(script, Duration.ZERO, clients);
        return new Load(this, tally, new ClosedLoop(callers, this, tally, once)).start();
    }

    /// One chat after the other, each followed by `watchers` more readers.
    public Load watched(Target target, Script script, int chatsAtOnce, int watchers) {
        Tally tally = new Tally();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < chatsAtOnce; i++) {
            callers.add(new WatchedCaller(target, bootstrap, tally, watchers));
        }
        Order order = new Order(script, script.length(), Long.MAX_VALUE);
        return new Load(this, tally, new ClosedLoop(callers, this, tally, order)).start();
    }

    /// Chats that are cancelled half a second after their first byte, all at about the same time;
    /// ends by itself.
    public Load cancelling(Target target, Script script, int chats) {
        Tally tally = new Tally();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < chats; i++) {
            callers.add(new CancelCaller(target, bootstrap, tally, loop));
        }
        Order once = new Order(script, Duration.ofSeconds(1), chats);
        return new Load(this, tally, new ClosedLoop(callers, this, tally, once)).start();
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
        return switch (target.api()) {
            case CHAT, COMPLETIONS, EVENTS, CANCEL ->
                    new StreamCaller(target, bootstrap, tally, true);
            case SOCKET -> new SocketCaller(target, bootstrap, tally);
        };
    }
}
