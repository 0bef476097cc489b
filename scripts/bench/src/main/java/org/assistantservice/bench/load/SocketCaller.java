package org.assistantservice.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import org.assistantservice.bench.chat.Chat;
import org.jspecify.annotations.Nullable;

/// Asks over a WebSocket that stays open, one turn at a time.
final class SocketCaller implements Caller {
    private static final int MAX_FRAME = 4 << 20;

    private final Target target;
    private final Tally tally;
    private final ReplyReader reader;
    private final KeptConnection connection;
    private @Nullable Chat waiting;

    SocketCaller(Target target, Bootstrap bootstrap, Tally tally) {
        this.target = target;
        this.tally = tally;
        reader = new ReplyReader(tally);
        connection = new KeptConnection(target, bootstrap, tally);
    }

    @Override
    public void ask(Chat chat, Runnable whenEnded) {
        reader.begin(chat);
        connection.begin(
                whenEnded, channel -> send(channel, chat), channel -> shakeHands(channel, chat));
    }

    @Override
    public void close() {
        connection.close();
    }

    /// The channel becomes active right after this, which begins the handshake.
    private void shakeHands(Channel channel, Chat chat) {
        waiting = chat;
        WebSocketClientProtocolConfig config =
                WebSocketClientProtocolConfig.newBuilder()
                        .webSocketUri("ws://127.0.0.1:%d/ws/chat".formatted(target.port()))
                        .maxFramePayloadLength(MAX_FRAME)
                        .build();
        WebSocketClientProtocolHandler protocol = new WebSocketClientProtocolHandler(config);
        channel.pipeline()
                .addLast(new HttpClientCodec())
                .addLast(new HttpObjectAggregator(MAX_FRAME))
                .addLast(protocol)
                .addLast(new WebSocketFrameAggregator(MAX_FRAME))
                .addLast(new Frames());
    }

    private void send(Channel channel, Chat chat) {
        byte[] frame = target.request(chat);
        chat.asked(System.nanoTime());
        var _ =
                channel.writeAndFlush(
                        new TextWebSocketFrame(Unpooled.wrappedBuffer(frame)),
                        channel.voidPromise());
    }

    private final class Frames extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        public void userEventTriggered(ChannelHandlerContext channel, Object event) {
            Chat chat = waiting;
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE && chat != null) {
                waiting = null;
                send(channel.channel(), chat);
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext channel, TextWebSocketFrame frame) {
            byte[] text = ByteBufUtil.getBytes(frame.content());
            if (reader.frame(new Bytes(text, 0, text.length), System.nanoTime())) {
                connection.end();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext channel) {
            connection.lost();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
            tally.problem("the socket broke: " + cause, 1);
            var _ = channel.close();
        }
    }
}
