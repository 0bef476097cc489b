package org.assistantservice.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assistantservice.bench.chat.ChatBook;
import org.assistantservice.bench.chat.Script;
import org.assistantservice.bench.load.Load;
import org.assistantservice.bench.load.LoadClient;
import org.assistantservice.bench.load.Tally;
import org.assistantservice.bench.load.Target;
import org.assistantservice.bench.model.ModelServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Model, floor and client together, over real connections.
final class FloorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CHATS = 20;
    private static final int TOKENS = 40;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ChatBook chats = new ChatBook();
    private final ModelServer model = ModelServer.start(loop, chats);
    private final Channel floor = Floor.serve(loop, 0, model.port());
    private final LoadClient client = new LoadClient(loop.next(), chats);

    @AfterEach
    void stop() {
        floor.close().syncUninterruptibly();
        model.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void everyTokenComesThroughTheFloorAfterItsToolCall() throws Exception {
        Script script = new Script(1, TOKENS, Duration.ofNanos(100_000));
        Target target = Target.of(port(), Target.Api.CHAT);

        Load load = client.chats(target, script, 4, CHATS).await(PATIENCE);

        assertThat(load.tally(Tally::firstProblem)).isEmpty();
        assertThat(load.tally(Tally::faults)).isZero();
        assertThat(load.tally(Tally::take))
                .satisfies(it -> {
                    assertThat(it.chats()).isEqualTo(CHATS);
                    assertThat(it.tokens()).isEqualTo((long) CHATS * TOKENS);
                    assertThat(it.delay().getTotalCount()).isEqualTo(it.tokens());
                    assertThat(it.firstToken().getTotalCount()).isEqualTo(CHATS);
                });
    }

    @Test
    void theModelAnswersByItself() throws Exception {
        Script script = new Script(0, TOKENS, Duration.ZERO);
        Target target = Target.of(model.port(), Target.Api.COMPLETIONS);

        Load load = client.chats(target, script, 4, CHATS).await(PATIENCE);

        assertThat(load.tally(Tally::firstProblem)).isEmpty();
        assertThat(load.tally(Tally::take).tokens()).isEqualTo((long) CHATS * TOKENS);
        assertThat(model.lateness().take().getTotalCount()).isEqualTo((long) CHATS * TOKENS);
    }

    @Test
    void aServerThatIsNotThereIsAFault() throws Exception {
        int closed = port();
        floor.close().syncUninterruptibly();

        Load load =
                client.chats(Target.of(closed, Target.Api.CHAT), Script.SHORT_RUN, 1, 1)
                        .await(PATIENCE);

        assertThat(load.tally(Tally::faults)).isPositive();
        assertThat(load.tally(Tally::firstProblem)).startsWith("no connection: ");
    }

    private int port() {
        return ((InetSocketAddress) floor.localAddress()).getPort();
    }
}
