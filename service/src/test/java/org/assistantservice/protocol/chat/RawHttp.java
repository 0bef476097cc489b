package org.assistantservice.protocol.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// A connection on which a test writes what it likes.
final class RawHttp implements AutoCloseable {
    private final Socket socket;

    private RawHttp(Socket socket) {
        this.socket = socket;
    }

    static RawHttp connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return new RawHttp(socket);
    }

    void send(String method, String path, String body, String... headers) throws IOException {
        StringBuilder head =
                new StringBuilder(
                        "%s %s HTTP/1.1\r\nHost: service.test\r\n".formatted(method, path));
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        byte[] bytes = body.getBytes(UTF_8);
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        write(head.toString().getBytes(ISO_8859_1));
        write(bytes);
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// Writes one byte, unless the connection has been closed.
    boolean tryWrite(char ascii) {
        try {
            socket.getOutputStream().write(ascii);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Waits for the server to close the connection without having answered.
    boolean isClosedWithin(Duration time) throws IOException {
        int before = socket.getSoTimeout();
        socket.setSoTimeout((int) time.toMillis());
        try {
            return in().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        } finally {
            socket.setSoTimeout(before);
        }
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /// Reads until `marker` has come, and returns all that came.
    String readUntil(String marker) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(marker) < 0) {
            int next = in().read();
            if (next < 0) {
                throw new IOException("The connection ended after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
