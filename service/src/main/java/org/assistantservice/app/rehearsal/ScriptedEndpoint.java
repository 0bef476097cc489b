package org.assistantservice.app.rehearsal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model endpoint on the loopback that speaks as much of Chat Completions as the service's own
/// client needs. One virtual thread per connection; thread-safe.
public final class ScriptedEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptedEndpoint.class);
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = 4 * 1024 * 1024;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,9})");
    private static final byte[] ANSWER =
            """
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            Transfer-Encoding: chunked\r
            \r
            """
                    .getBytes(ISO_8859_1);

    private final ServerSocket server;
    private final Function<String, List<String>> script;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private ScriptedEndpoint(ServerSocket server, Function<String, List<String>> script) {
        this.server = server;
        this.script = script;
    }

    /// Listens on a free port.
    ///
    /// @param script from a request's body to the JSON of the chunks that answer it
    public static ScriptedEndpoint open(Function<String, List<String>> script) throws IOException {
        var endpoint =
                new ScriptedEndpoint(
                        new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), script);
        Thread.ofVirtual().name("scripted-endpoint").start(endpoint::accept);
        return endpoint;
    }

    /// What to set as `OPENAI_BASE_URL`.
    public String baseUrl() {
        return "http://127.0.0.1:%d/v1".formatted(server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            LOG.debug("The scripted endpoint ends", e);
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                answer(out, script.apply(body(in, head)));
            }
        } catch (IOException e) {
            LOG.debug("A connection of the scripted endpoint ends", e);
        } finally {
            connections.remove(connection);
        }
    }

    private static void answer(OutputStream out, List<String> chunks) throws IOException {
        out.write(ANSWER);
        for (String chunk : chunks) {
            out.write(framed("data: " + chunk + "\n\n"));
        }
        out.write(framed("data: [DONE]\n\n"));
        out.write(framed(""));
    }

    /// One chunk of a chunked body; the empty one ends it.
    private static byte[] framed(String text) {
        return "%x\r\n%s\r\n".formatted(text.getBytes(UTF_8).length, text).getBytes(UTF_8);
    }

    /// A request's head with its empty line; empty at the end of the connection.
    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int last = 0;
        int next;
        while ((next = in.read()) >= 0 && head.size() < MAX_HEAD) {
            head.write(next);
            last = last << Byte.SIZE | next;
            if (last == ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
                return head.toString(ISO_8859_1);
            }
        }
        return "";
    }

    private static String body(InputStream in, String head) throws IOException {
        Matcher length = LENGTH.matcher(head);
        if (!length.find() || Integer.parseInt(length.group(1)) > MAX_BODY) {
            throw new IOException("A request without a usable length: " + head);
        }
        return new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8);
    }
}
