package org.assistantservice.samples.analyst;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server that remembers what it was told.
final class FakeSmtpServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Manner manner;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private enum Manner {
        /// Takes everything on.
        WILLING,
        /// Knows no recipient.
        UNWILLING,
        /// Refuses each e-mail when it has all of it.
        PICKY,
        /// Hangs up when it has all of an e-mail, instead of an answer.
        HANGS_UP,
        /// The same, and the client sees a broken connection.
        BREAKS
    }

    private FakeSmtpServer(ServerSocket socket, Manner manner) {
        this.socket = socket;
        this.manner = manner;
    }

    static FakeSmtpServer willing() throws IOException {
        return start(Manner.WILLING);
    }

    static FakeSmtpServer unwilling() throws IOException {
        return start(Manner.UNWILLING);
    }

    static FakeSmtpServer picky() throws IOException {
        return start(Manner.PICKY);
    }

    static FakeSmtpServer hangingUp() throws IOException {
        return start(Manner.HANGS_UP);
    }

    static FakeSmtpServer breaking() throws IOException {
        return start(Manner.BREAKS);
    }

    private static FakeSmtpServer start(Manner manner) throws IOException {
        var server =
                new FakeSmtpServer(
                        new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), manner);
        Thread.ofPlatform().daemon().start(server::accept);
        return server;
    }

    String uri() {
        return "smtp://127.0.0.1:" + socket.getLocalPort();
    }

    /// What clients sent, commands and content.
    List<String> lines() {
        return List.copyOf(lines);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                serve(client);
            } catch (IOException e) {
                lines.add("! " + e.getMessage());
            }
        }
    }

    private void serve(Socket client) throws IOException {
        var in =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        say(out, "220 fake");
        boolean isContent = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            String command = line.split("[ :]", -1)[0].toUpperCase(Locale.ROOT);
            if (isContent) {
                isContent = !line.equals(".");
                if (!isContent && !isTakenOn(client, out)) {
                    return;
                }
            } else if (command.equals("DATA")) {
                isContent = true;
                say(out, "354 go on");
            } else if (command.equals("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(
                        out,
                        manner != Manner.UNWILLING || !command.equals("RCPT")
                                ? "250 fine"
                                : "550 no such user");
            }
        }
    }

    /// Whether it goes on with this client.
    private boolean isTakenOn(Socket client, OutputStream out) throws IOException {
        switch (manner) {
            case WILLING, UNWILLING -> say(out, "250 taken on");
            case PICKY -> say(out, "554 no");
            case HANGS_UP -> {
                return false;
            }
            case BREAKS -> {
                // Closing it resets the connection then.
                client.setSoLinger(true, 0);
                return false;
            }
        }
        return true;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
