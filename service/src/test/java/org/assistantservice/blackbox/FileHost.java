package org.assistantservice.blackbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A web server with files, good ones and bad ones, and with prices.
final class FileHost implements AutoCloseable {
    private static final int TOO_LARGE = 6 * 1024 * 1024;

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private FileHost(HttpServer server) {
        this.server = server;
    }

    static FileHost start() throws IOException {
        var host =
                new FileHost(
                        HttpServer.create(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        host.server.createContext("/", host::answer);
        host.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        host.server.start();
        return host;
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url(String path) {
        return "http://" + authority() + path;
    }

    /// Paths in order of arrival.
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            if (path.startsWith("/missing")) {
                send(exchange, 404, "gone");
            } else if (path.startsWith("/broken")) {
                send(exchange, 500, "<html>Oops</html>");
            } else if (path.startsWith("/redirect")) {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1/x");
                send(exchange, 302, "");
            } else if (path.startsWith("/large")) {
                send(exchange, 200, "x".repeat(TOO_LARGE));
            } else if (path.startsWith("/price")) {
                send(exchange, 200, "187.44");
            } else {
                send(exchange, 200, "name,value\na,1\n");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
