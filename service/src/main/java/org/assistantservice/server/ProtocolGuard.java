package org.assistantservice.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/// Keeps HTTP's own rules where the framework does not. A connection whose body is not framed as it
/// should be, e.g. by a chunk without a size, is closed: the framework takes such a body for whole
/// at the place where it breaks. HTTP/1.0 has no `Upgrade`, so that header is ignored there.
final class ProtocolGuard extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
                request.headers().remove(HttpHeaderNames.UPGRADE);
            }
        } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
            content.release();
            // Whether it closes cleanly changes nothing: nobody reads this connection any more.
            var _ = context.close();
            return;
        }
        super.channelRead(context, message);
    }
}
