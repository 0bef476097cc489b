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

/// A mail server that takes everything on, or nothing, and remembers what it was told.
final class FakeSmtpServer implements AutoCloseable {
    private final ServerSocket socket;
    private final boolean isWilling;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private FakeSmtpServer(ServerSocket socket, boolean isWilling) {
        this.socket = socket;
        this.isWilling = isWilling;
    }

    static FakeSmtpServer willing() throws IOException {
        return start(true);
    }

    static FakeSmtpServer unwilling() throws IOException {
        return start(false);
    }

    private static FakeSmtpServer start(boolean isWilling) throws IOException {
        var server =
                new FakeSmtpServer(
                        new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), isWilling);
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
                if (!isContent) {
                    say(out, "250 taken on");
                }
            } else if (command.equals("DATA")) {
                isContent = true;
                say(out, "354 go on");
            } else if (command.equals("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, isWilling || !command.equals("RCPT") ? "250 fine" : "550 no such user");
            }
        }
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
