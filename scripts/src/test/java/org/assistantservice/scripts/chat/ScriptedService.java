package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// A service on a real socket that answers as a script says, byte by byte. Strict: a request
/// without a script gets 500 and `unexpected` in its body.
final class ScriptedService implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, Queue<Reply>> replies = new HashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    ScriptedService() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    String baseUrl() {
        return "http://localhost:" + server.getLocalPort();
    }

    /// Answers the next request of this kind, e.g. `POST /chat`.
    ScriptedService on(String methodAndPath, Reply reply) {
        replies.computeIfAbsent(methodAndPath, _ -> new ConcurrentLinkedQueue<>()).add(reply);
        return this;
    }

    ScriptedService starts(String threadId, String greeting) {
        return on(
                "GET /start",
                json(
                        200,
                        """
                        {"thread_id":"%s","initial_message":"%s","correlation_id":"c-1"}\
                        """
                                .formatted(threadId, greeting)));
    }

    /// What was asked so far, e.g. `POST /chat`.
    List<Request> requests(String methodAndPath) {
        return requests.stream().filter(it -> it.line().equals(methodAndPath)).toList();
    }

    static Reply json(int status, String body) {
        return (_, connection) -> connection.head(status, "application/json").send(body);
    }

    /// Sends these texts as an event stream and closes the connection.
    static Reply sse(String... parts) {
        return (_, connection) -> {
            connection.head(200, "text/event-stream; charset=utf-8");
            for (String part : parts) {
                connection.send(part);
            }
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
            open.clear();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(socket.getInputStream());
            requests.add(request);
            Queue<Reply> scripted =
                    replies.getOrDefault(request.line(), new ConcurrentLinkedQueue<>());
            Reply reply = scripted.poll();
            var connection = new Connection(socket.getInputStream(), socket.getOutputStream());
            (reply == null ? json(500, "{\"detail\":\"unexpected\"}") : reply)
                    .answer(request, connection);
        } catch (IOException e) {
            // The client left; what it did is in the requests.
            open.remove(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", -1);
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), UTF_8);
        String path = first[1].split("\\?", 2)[0];
        return new Request(first[0] + " " + path, first[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The client closed the connection");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }

    /// @param line method and path
    /// @param target path and query
    record Request(String line, String target, Map<String, String> headers, String body) {}

    @FunctionalInterface
    interface Reply {
        void answer(Request request, Connection connection)
                throws IOException, InterruptedException;
    }

    /// One connection, closed when the reply returns.
    record Connection(InputStream in, OutputStream out) {
        Connection head(int status, String type, String... headers) {
            return send(
                    "HTTP/1.1 %d Scripted\r\nContent-Type: %s\r\nConnection: close\r\n%s\r\n"
                            .formatted(
                                    status,
                                    type,
                                    List.of(headers).stream()
                                            .map(it -> it + "\r\n")
                                            .reduce("", String::concat)));
        }

        Connection send(String text) {
            return send(text.getBytes(UTF_8));
        }

        Connection send(byte[] bytes) {
            try {
                out.write(bytes);
                out.flush();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Waits until the client closes the connection.
        void awaitEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
