package org.assistantservice.bench.floor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;

/// A client's connection: one run after the other.
final class FloorConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String MESSAGE = "\"message\":\"";

    private final ModelPool models;
    private int runs;

    FloorConnection(ModelPool models) {
        this.models = models;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext client, FullHttpRequest request) {
        String body = request.content().toString(UTF_8);
        int start = body.indexOf(MESSAGE) + MESSAGE.length();
        runs++;
        new FloorRun(client, models, "run_" + runs, body.substring(start, body.indexOf('"', start)))
                .start();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext client, Throwable cause) {
        var _ = client.close();
    }
}
