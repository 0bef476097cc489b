package org.assistantservice.bench.model;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import org.assistantservice.bench.chat.Chat;
import org.assistantservice.bench.chat.ChatBook;
import org.jspecify.annotations.Nullable;

/// One keep-alive connection to the model: a request at a time, each answered by its chat's script.
final class ModelConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final ChatBook chats;
    private final Lateness lateness;
    private @Nullable TokenStream stream;

    ModelConnection(ChatBook chats, Lateness lateness) {
        this.chats = chats;
        this.lateness = lateness;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext connection, FullHttpRequest request) {
        Prompt prompt = Prompt.read(request.content());
        Chat chat = chats.find(prompt.chat());
        if (chat == null) {
            nothing(connection);
            return;
        }
        chat.requested(request.content().readableBytes());
        var _ = connection.write(Chunks.head(), connection.voidPromise());
        if (prompt.results() < chat.script().calls()) {
            for (ByteBuf chunk : Chunks.call()) {
                var _ = connection.writeAndFlush(chunk, connection.voidPromise());
            }
            var _ = connection.writeAndFlush(Chunks.end(), connection.voidPromise());
        } else {
            var _ = connection.writeAndFlush(Chunks.role(), connection.voidPromise());
            TokenStream started = new TokenStream(connection, chat, lateness);
            stream = started;
            started.run();
        }
    }

    /// The chat is over and its client gone, but its run is not: an empty answer lets it end well.
    /// A refusal would open the server's circuit breaker, to the harm of other chats.
    private static void nothing(ChannelHandlerContext connection) {
        var _ = connection.write(Chunks.head(), connection.voidPromise());
        var _ = connection.write(Chunks.role(), connection.voidPromise());
        var _ = connection.write(Chunks.textEnd(), connection.voidPromise());
        var _ = connection.writeAndFlush(Chunks.end(), connection.voidPromise());
    }

    @Override
    public void channelInactive(ChannelHandlerContext connection) {
        TokenStream current = stream;
        if (current != null) {
            current.cut();
        }
        connection.fireChannelInactive();
    }

    /// A server that leaves in mid-answer resets the connection: an end like any other.
    @Override
    public void exceptionCaught(ChannelHandlerContext connection, Throwable cause) {
        var _ = connection.close();
    }
}
