package org.assistantservice.blackbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends bytes as they are and reads what comes back, up to a deadline.
final class RawClient {
    /// What stands for a status when the server closed the connection without an answer.
    static final int CLOSED = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");

    private final ServiceProcess service;

    RawClient(ServiceProcess service) {
        this.service = service;
    }

    /// An answer.
    ///
    /// @param status of HTTP, or [#CLOSED]
    /// @param text all bytes of the answer, as Latin-1
    record Reply(int status, String text) {
        boolean hasHeader(String name) {
            return text.toLowerCase(Locale.ROOT)
                    .contains("\r\n" + name.toLowerCase(Locale.ROOT) + ":");
        }
    }

    /// Sends a request, and reads until the server closes, or has answered and says no more.
    ///
    /// @throws IOException if nothing came and the connection stayed open
    Reply http(byte[] request) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            String text = read(socket, false).replaceFirst("^HTTP/1.1 100 Continue\r\n\r\n", "");
            if (text.isEmpty()) {
                return new Reply(CLOSED, "");
            }
            String status = text.substring(text.indexOf(' ') + 1).substring(0, 3);
            return new Reply(Integer.parseInt(status), text);
        }
    }

    /// Opens a WebSocket, sends frames, and returns the code of the server's close frame; [#CLOSED]
    /// if the connection ended without one.
    ///
    /// @throws IOException if the socket stayed open
    int closeCode(byte[] frames) throws IOException {
        try (Socket socket = connect()) {
            write(socket, handshake("/ws/chat", ""));
            String head = head(socket.getInputStream());
            if (!head.contains(" 101 ")) {
                throw new IOException("No upgrade: " + head);
            }
            write(socket, frames);
            return code(read(socket, true).getBytes(ISO_8859_1));
        }
    }

    static byte[] handshake(String path, String moreHeaders) {
        String key = Base64.getEncoder().encodeToString(new byte[16]);
        return String.join(
                        "\r\n",
                        "GET %s HTTP/1.1".formatted(path),
                        "Host: localhost",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: " + key,
                        moreHeaders + "\r\n")
                .getBytes(ISO_8859_1);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /// The server may answer, and close, before it has read everything.
    private static void write(Socket socket, byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            if (!socket.isConnected()) {
                throw e;
            }
        }
    }

    private static String read(Socket socket, boolean toTheEnd) throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            int count;
            while ((count = socket.getInputStream().read(buffer)) >= 0) {
                all.write(buffer, 0, count);
                if (!toTheEnd && isWhole(all.toString(ISO_8859_1))) {
                    break;
                }
                if (System.nanoTime() > deadline) {
                    throw new SocketTimeoutException("The server talks for too long");
                }
            }
        } catch (SocketTimeoutException e) {
            if (toTheEnd || all.size() == 0) {
                throw new IOException("Still open after %s: %s".formatted(PATIENCE, all), e);
            }
        } catch (SocketException e) {
            // A reset after the answer: what was read counts.
            return all.toString(ISO_8859_1);
        }
        return all.toString(ISO_8859_1);
    }

    /// Whether an answer that says its length has all of it.
    private static boolean isWhole(String text) {
        int end = text.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(text);
        return end > 0
                && length.find()
                && length.start() < end
                && text.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        int b;
        while ((b = in.read()) >= 0) {
            head.append((char) b);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private static int code(byte[] frames) {
        int at = 0;
        while (at + 1 < frames.length) {
            int opcode = frames[at] & 0x0f;
            int length = frames[at + 1] & 0x7f;
            int start = at + 2;
            if (length == 126) {
                length = ((frames[at + 2] & 0xff) << 8) | (frames[at + 3] & 0xff);
                start += 2;
            } else if (length == 127) {
                throw new IllegalStateException("A frame of the server is larger than 64 KiB");
            }
            if (opcode == 8) {
                return length < 2
                        ? 1005
                        : ((frames[start] & 0xff) << 8) | (frames[start + 1] & 0xff);
            }
            at = start + length;
        }
        return CLOSED;
    }
}
