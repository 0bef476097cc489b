package org.assistantservice.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Answers every connection with bytes as they are, and remembers the heads of the requests.
final class LocalServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Answer answer;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private LocalServer(ServerSocket socket, Answer answer) {
        this.socket = socket;
        this.answer = answer;
    }

    /// Writes a whole response; an exception means that the client has left.
    @FunctionalInterface
    interface Answer {
        void write(String head, OutputStream to) throws IOException;
    }

    static LocalServer start(Answer answer) throws IOException {
        return on(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), answer);
    }

    static LocalServer on(ServerSocket socket, Answer answer) {
        LocalServer server = new LocalServer(socket, answer);
        Thread.startVirtualThread(server::accept);
        return server;
    }

    static Answer bytes(String response) {
        return (_, to) -> to.write(response.getBytes(ISO_8859_1));
    }

    static Answer page(String text) {
        return bytes(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(text.length(), text));
    }

    static Answer redirect(String location) {
        return bytes(
                "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted(location));
    }

    int port() {
        return socket.getLocalPort();
    }

    String origin() {
        return "127.0.0.1:" + port();
    }

    String url() {
        return "http://" + origin() + "/";
    }

    /// Heads of all requests, one text each.
    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new AssertionError("The server cannot accept", e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine();
                    line != null && !line.isEmpty();
                    line = in.readLine()) {
                head.append(line).append('\n');
            }
            heads.add(head.toString());
            answer.write(head.toString(), client.getOutputStream());
        } catch (IOException e) {
            heads.add("left: " + e.getMessage());
        }
    }
}
