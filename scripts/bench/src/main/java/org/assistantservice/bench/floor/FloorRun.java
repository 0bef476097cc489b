package org.assistantservice.bench.floor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;

/// One run: asks the model, calls the tool it asks for, asks again, and passes every delta on as a
/// `thread.message.delta` event.
final class FloorRun implements ModelPool.Answer {
    private static final byte[] CONTENT = "\"delta\":{\"content\":\"".getBytes(US_ASCII);
    private static final byte[] TOOL_CALLS = "\"tool_calls\":[".getBytes(US_ASCII);
    private static final byte[] ROOM = "0000\r\n".getBytes(US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final String HEAD =
            """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream; charset=utf-8\r
            Cache-Control: no-cache\r
            Transfer-Encoding: chunked\r
            \r
            """;
    private static final byte[] OPEN =
            """
            {"data":{"id":"msg_0000000000000000000000","object":"thread.message.delta",\
            "delta":{"role":"assistant","content":[{"index":0,"type":"text","text":{"value":"\
            """
                    .getBytes(US_ASCII);
    private static final byte[] CLOSE =
            "\",\"annotations\":[]}}]}},\"event\":\"thread.message.delta\"}\nretry: 5000\n\n"
                    .getBytes(US_ASCII);
    private static final int FRAME = 512;

    private final ChannelHandlerContext client;
    private final ModelPool models;
    private final String run;
    private final String user;
    private final StringBuilder arguments = new StringBuilder();
    private String call = "";
    private String name = "";
    private int events;

    FloorRun(ChannelHandlerContext client, ModelPool models, String run, String user) {
        this.client = client;
        this.models = models;
        this.run = run;
        this.user = "{\"role\":\"user\",\"content\":\"" + user + "\"}";
    }

    void start() {
        var _ = client.write(ByteBufUtil.writeAscii(client.alloc(), HEAD), client.voidPromise());
        event("thread.run.created");
        client.flush();
        models.ask(body(user), this);
    }

    @Override
    public void data(byte[] bytes, int from, int to) {
        int text = after(CONTENT, bytes, from, to);
        if (text >= 0) {
            delta(bytes, text, closingQuote(bytes, text));
        } else if (after(TOOL_CALLS, bytes, from, to) >= 0) {
            String chunk = new String(bytes, from, to - from, UTF_8);
            if (call.isEmpty()) {
                call = value(chunk, "\"id\":\"call_", 5);
                name = value(chunk, "\"name\":\"", 0);
            }
            arguments.append(value(chunk, "\"arguments\":\"", 0));
        }
    }

    @Override
    public void pause() {
        client.flush();
    }

    @Override
    public void end() {
        if (!call.isEmpty()) {
            call();
            return;
        }
        event("thread.message.completed");
        event("thread.run.completed");
        var _ =
                client.writeAndFlush(
                        ByteBufUtil.writeAscii(client.alloc(), "0\r\n\r\n"), client.voidPromise());
    }

    /// Runs the tool in place and asks again, with its result.
    private void call() {
        String request =
                """
                %s,{"role":"assistant","content":null,"tool_calls":[{"id":"%s","type":"function",\
                "function":{"name":"%s","arguments":"%s"}}]},\
                {"role":"tool","tool_call_id":"%s","content":"%s"}\
                """
                        .formatted(user, call, name, arguments, call, lookup(arguments.toString()));
        call = "";
        event("thread.run.requires_action");
        event("thread.run.step.completed");
        client.flush();
        models.ask(body(request), this);
    }

    private static String lookup(String query) {
        return "The lookup of " + query + " says 42";
    }

    private static String body(String messages) {
        return """
        {"model":"scripted","stream":true,"messages":[{"role":"system","content":"You look things up."},\
        %s],"tools":[{"type":"function","function":{"name":"lookup","description":"Looks something up.",\
        "parameters":{"type":"object","properties":{"query":{"type":"string"}},\
        "required":["query"],"additionalProperties":false},"strict":true}}]}\
        """
                .formatted(messages);
    }

    private void delta(byte[] bytes, int from, int to) {
        if (from == to) {
            return;
        }
        ByteBuf frame = client.alloc().ioBuffer(FRAME + to - from);
        begin(frame, "thread.message.delta");
        frame.writeBytes(OPEN).writeBytes(bytes, from, to - from).writeBytes(CLOSE);
        send(frame);
    }

    private void event(String event) {
        ByteBuf frame = client.alloc().ioBuffer(FRAME);
        begin(frame, event);
        ByteBufUtil.writeAscii(frame, "{\"data\":{\"id\":\"%s\"},".formatted(run));
        ByteBufUtil.writeAscii(frame, "\"event\":\"%s\"}\nretry: 5000\n\n".formatted(event));
        send(frame);
    }

    /// Leaves room for the chunk's size, which [#send] fills in.
    private void begin(ByteBuf frame, String event) {
        events++;
        frame.writeBytes(ROOM);
        ByteBufUtil.writeAscii(frame, "id: ");
        ByteBufUtil.writeAscii(frame, run);
        ByteBufUtil.writeAscii(frame, ":1-");
        ByteBufUtil.writeAscii(frame, Integer.toString(events));
        ByteBufUtil.writeAscii(frame, "\nevent: ");
        ByteBufUtil.writeAscii(frame, event);
        ByteBufUtil.writeAscii(frame, "\ndata: ");
    }

    private void send(ByteBuf frame) {
        int size = frame.readableBytes() - ROOM.length;
        for (int digit = 3; digit >= 0; digit--) {
            frame.setByte(3 - digit, HEX[(size >> (4 * digit)) & 15]);
        }
        frame.writeByte('\r').writeByte('\n');
        var _ = client.write(frame, client.voidPromise());
    }

    private static String value(String chunk, String before, int keep) {
        int start = chunk.indexOf(before);
        if (start < 0) {
            return "";
        }
        int from = start + before.length();
        int to = from;
        while (chunk.charAt(to) != '"') {
            to += chunk.charAt(to) == '\\' ? 2 : 1;
        }
        return chunk.substring(from - keep, to);
    }

    private static int closingQuote(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    private static int after(byte[] wanted, byte[] bytes, int from, int to) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (bytes[i] == wanted[0]
                    && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        return -1;
    }
}
