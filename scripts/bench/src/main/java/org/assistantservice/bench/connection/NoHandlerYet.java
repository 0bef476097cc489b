package org.assistantservice.bench.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;

/// Stands where a bootstrap wants a handler; who connects adds his own. Thread-safe.
@Sharable
public final class NoHandlerYet extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
        // Nothing: a connection is used by whoever asked for it.
    }
}
