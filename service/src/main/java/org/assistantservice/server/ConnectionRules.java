package org.assistantservice.server;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer.Registry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import jakarta.inject.Singleton;

/// What holds for every connection, whatever is asked on it: how many there may be
/// ([OpenConnections]), how long a request may take to arrive ([RequestDeadlines]), and HTTP's own
/// rules ([ProtocolGuard]). For what goes out only the ends of responses are looked for.
@Singleton
final class ConnectionRules implements BeanCreatedEventListener<Registry> {
    static final String CODEC = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;

    private final ConnectionLimits limits;
    private final OpenConnections connections;

    ConnectionRules(ConnectionLimits limits) {
        this.limits = limits;
        this.connections = new OpenConnections(limits.most());
    }

    @Override
    public Registry onCreated(BeanCreatedEvent<Registry> event) {
        Registry registry = event.getBean();
        registry.register(new Listener());
        return registry;
    }

    private final class Listener implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel opened, ChannelRole role) {
            if (role != ChannelRole.CONNECTION) {
                return this;
            }
            connections.admit(opened);
            return new Connection(opened.pipeline());
        }
    }

    private final class Connection implements NettyServerCustomizer {
        private final ChannelPipeline pipeline;

        private Connection(ChannelPipeline pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public NettyServerCustomizer specializeForChannel(Channel opened, ChannelRole role) {
            return this;
        }

        @Override
        public void onStreamPipelineBuilt() {
            if (pipeline.get(CODEC) != null) {
                pipeline.addAfter(CODEC, "protocol-guard", new ProtocolGuard());
                new RequestDeadlines(pipeline, limits).install();
            }
        }
    }
}
