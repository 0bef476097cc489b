package org.assistantservice.model.openai.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ConnectionPool pool = new ConnectionPool(3, nanos::get);
    private final EmbeddedChannel firstChannel = new EmbeddedChannel();
    private final EmbeddedChannel secondChannel = new EmbeddedChannel();
    private final Connection first = connection(firstChannel);
    private final Connection second = connection(secondChannel);

    @Test
    void theLastToComeIsTheFirstToGo() {
        pool.keep(first);
        pool.keep(second);

        assertThat(pool.take()).isSameAs(second);
        assertThat(pool.take()).isSameAs(first);
        assertThat(pool.take()).isNull();
    }

    @Test
    void whatHasWaitedTooLongIsClosed() {
        pool.keep(first);
        nanos.addAndGet(ConnectionPool.IDLE_LIMIT.toNanos() / 2);
        pool.keep(second);
        nanos.addAndGet(ConnectionPool.IDLE_LIMIT.toNanos() / 2);

        pool.closeOld();

        assertThat(firstChannel.isOpen()).isFalse();
        assertThat(secondChannel.isOpen()).isTrue();
        assertThat(pool.take()).isSameAs(second);
        assertThat(pool.take()).isNull();
    }

    @Test
    void aClosedConnectionIsForgotten() {
        pool.keep(first);
        pool.keep(second);

        secondChannel.pipeline().addLast(second);
        var _ = secondChannel.close();

        assertThat(pool.take()).isSameAs(first);
    }

    @Test
    void aFullPoolTakesNoMore() {
        assertThat(pool.keep(connection(new EmbeddedChannel()))).isTrue();
        assertThat(pool.keep(connection(new EmbeddedChannel()))).isTrue();
        assertThat(pool.keep(first)).isTrue();
        assertThat(pool.keep(second)).isFalse();
    }

    @Test
    void aClosedPoolKeepsNothing() {
        pool.keep(first);

        pool.close();

        assertThat(firstChannel.isOpen()).isFalse();
        assertThat(pool.take()).isNull();
        assertThat(pool.keep(second)).isFalse();
    }

    private Connection connection(EmbeddedChannel channel) {
        return new Connection(channel, pool, new byte[10], false);
    }
}
