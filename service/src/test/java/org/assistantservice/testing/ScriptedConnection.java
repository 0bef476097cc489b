package org.assistantservice.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.assistantservice.testing.HttpRequestReader.RawRequest;

/// One connection to a [ScriptedModelServer]: reads requests one after the other, and sees at once
/// when the client leaves in mid-answer.
final class ScriptedConnection {
    private static final byte[] CRLF = "\r\n".getBytes(ISO_8859_1);

    private final Socket socket;
    private final Function<RawRequest, Answer> script;

    /// A turn and the request it answers.
    record Answer(Turn turn, RecordedRequest request) {}

    ScriptedConnection(Socket socket, Function<RawRequest, Answer> script) {
        this.socket = socket;
        this.script = script;
    }

    /// Serves until either side closes. An answer is written by its own thread, so that this one
    /// can wait for the client's next byte or its end.
    void serve() throws IOException, InterruptedException {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            HttpRequestReader reader = new HttpRequestReader(in);
            int firstByte = -1;
            RawRequest request = reader.next(firstByte);
            while (request != null) {
                Answer answer = script.apply(request);
                Thread writer = Thread.ofVirtual().start(() -> write(answer));
                firstByte = in.read();
                if (firstByte < 0) {
                    writer.interrupt();
                    writer.join();
                    return;
                }
                writer.join();
                request = reader.next(firstByte);
            }
        }
    }

    private void write(Answer answer) {
        try {
            send(answer);
        } catch (IOException | InterruptedException e) {
            // The client has left, which is for the client's test to judge; the connection is done.
            close();
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(Answer answer) throws IOException, InterruptedException {
        Turn turn = answer.turn();
        OutputStream out = socket.getOutputStream();
        if (turn.status() != 0) {
            out.write(head(turn).getBytes(UTF_8));
            out.flush();
        }
        for (StreamStep step : turn.plan(answer.request())) {
            switch (step) {
                case StreamStep.Send(byte[] bytes) -> body(out, turn, bytes);
                case StreamStep.Silence(Duration length) -> Thread.sleep(length);
                case StreamStep.Until(CountDownLatch latch) -> latch.await();
                case StreamStep.Hang() -> TimeUnit.DAYS.sleep(1);
                case StreamStep.Cut() -> socket.close();
                case StreamStep.Reset() -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
                case StreamStep.End() -> {
                    out.write("0\r\n\r\n".getBytes(ISO_8859_1));
                    out.flush();
                }
            }
        }
    }

    private static String head(Turn turn) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + turn.status() + " Scripted\r\n");
        turn.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        return head.append("Transfer-Encoding: chunked\r\n\r\n").toString();
    }

    private static void body(OutputStream out, Turn turn, byte[] bytes)
            throws IOException, InterruptedException {
        if (!turn.pace().isZero()) {
            Thread.sleep(turn.pace());
        }
        int size = turn.writeSize() == 0 ? Math.max(1, bytes.length) : turn.writeSize();
        for (int from = 0; from < bytes.length; from += size) {
            int length = Math.min(size, bytes.length - from);
            out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            out.write(bytes, from, length);
            out.write(CRLF);
            out.flush();
        }
    }
}
