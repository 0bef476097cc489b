package org.assistantservice.server;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer.Registry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Keeps HTTP's own rules where the framework does not. A connection whose body is not framed as it
/// should be, e.g. by a chunk without a size, is closed: the framework takes such a body for whole
/// at the place where it breaks. HTTP/1.0 has no `Upgrade`, so that header is ignored there.
@Singleton
final class ProtocolGuard implements BeanCreatedEventListener<Registry> {
    @Override
    public Registry onCreated(BeanCreatedEvent<Registry> event) {
        Registry registry = event.getBean();
        registry.register(new Customizer(null));
        return registry;
    }

    /// @param channel the connection, null until there is one
    private record Customizer(@Nullable Channel channel) implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel opened, ChannelRole role) {
            return new Customizer(opened);
        }

        @Override
        public void onStreamPipelineBuilt() {
            String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            if (channel != null && channel.pipeline().get(codec) != null) {
                channel.pipeline().addAfter(codec, "protocol-guard", new Guard());
            }
        }
    }

    private static final class Guard extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof HttpRequest request) {
                if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
                    request.headers().remove(HttpHeaderNames.UPGRADE);
                }
            } else if (message instanceof HttpContent content
                    && content.decoderResult().isFailure()) {
                content.release();
                // Whether it closes cleanly changes nothing: nobody reads this connection any more.
                var _ = context.close();
                return;
            }
            super.channelRead(context, message);
        }
    }
}
