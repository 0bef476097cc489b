package org.assistantservice.model.openai.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that answers each request with exactly the bytes of its script, on 127.0.0.1 only.
final class ByteServer implements AutoCloseable {
    /// Answers one request.
    interface Script {
        /// Sends what is to be sent; the connection goes on unless it is closed here.
        ///
        /// @param connection how many connections were accepted before this one
        /// @param request how many requests came before on this connection
        void answer(int connection, int request, Conversation client) throws IOException;
    }

    private final ServerSocket socket;
    private final Script script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private ByteServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
    }

    static ByteServer start(Script script) throws IOException {
        return start(new ServerSocket(), script);
    }

    static ByteServer start(ServerSocket socket, Script script) throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        ByteServer server = new ByteServer(socket, script);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    /// Head and body of each request.
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                int number = accepted.getAndIncrement();
                Thread.ofVirtual().start(() -> serve(connection, number));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connection, int number) {
        try (connection) {
            Conversation client = new Conversation(connection);
            int order = 0;
            for (String next = client.request(); !next.isEmpty(); next = client.request()) {
                requests.add(next);
                script.answer(number, order++, client);
            }
        } catch (IOException e) {
            // A client that leaves is part of many scripts.
            open.remove(connection);
        }
    }

    /// The server's end of a connection.
    static final class Conversation {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Conversation(Socket socket) throws IOException {
            this.socket = socket;
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        Socket socket() {
            return socket;
        }

        void send(String bytes) throws IOException {
            out.write(bytes.getBytes(ISO_8859_1));
            out.flush();
        }

        /// Ends the connection in good order.
        void close() throws IOException {
            socket.close();
        }

        /// Waits until the client has closed the connection.
        void awaitEnd() throws IOException {
            while (in.read() >= 0) {
                // It should say no more.
            }
        }

        private String request() throws IOException {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return "";
                }
                request.append((char) next);
            }
            String length = request.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
            boolean hasBody = length.length() < request.length();
            byte[] body = in.readNBytes(hasBody ? Integer.parseInt(length) : 0);
            return request + new String(body, ISO_8859_1);
        }
    }
}
