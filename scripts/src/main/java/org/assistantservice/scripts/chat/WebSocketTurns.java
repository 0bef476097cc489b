package org.assistantservice.scripts.chat;

import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.assistantservice.scripts.chat.SocketInbox.Beat;
import org.assistantservice.scripts.chat.SocketInbox.Gone;
import org.assistantservice.scripts.chat.SocketInbox.Message;
import org.assistantservice.scripts.chat.SocketInbox.Silence;
import org.assistantservice.scripts.chat.TurnEnd.Closed;
import org.assistantservice.scripts.chat.TurnEnd.Failed;
import org.jspecify.annotations.Nullable;

/// One WebSocket for many questions, opened anew when it is gone.
final class WebSocketTurns implements Turns {
    private static final Duration AFTERWORD = Duration.ofSeconds(2);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(10);

    private final ServiceClient service;
    private final Duration silenceLimit;
    private @Nullable Connection connection;

    WebSocketTurns(ServiceClient service, Duration silenceLimit) {
        this.service = service;
        this.silenceLimit = silenceLimit;
    }

    /// Opens the socket, unless it is open.
    ///
    /// @throws IOException if there is no service to talk to
    void open() throws IOException, InterruptedException {
        connected();
    }

    @Override
    public TurnEnd ask(Question question, Consumer<TurnEvent> events) throws InterruptedException {
        try {
            Connection open = connected();
            open.inbox().clear();
            open.socket()
                    .sendText(Json.body(question), true)
                    .get(SEND_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return listen(open.inbox(), new FrameReader(events));
        } catch (IOException e) {
            return new Closed(String.valueOf(e.getMessage()));
        } catch (ExecutionException | TimeoutException e) {
            close();
            return new Closed("");
        } catch (InterruptedException e) {
            // What is still to come must not be taken for the next answer.
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.socket().abort();
            connection = null;
        }
    }

    private TurnEnd listen(SocketInbox inbox, FrameReader frames) throws InterruptedException {
        while (true) {
            Duration limit = frames.almost().isPresent() ? AFTERWORD : silenceLimit;
            switch (inbox.next(limit)) {
                case Message(String json) -> {
                    Optional<TurnEnd> end = frames.accept("", json);
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
                case Beat _ -> {
                    // The service is there; the answer takes its time.
                }
                case Silence _ -> {
                    // What still comes must not be taken for the next answer.
                    close();
                    return frames.almost().orElse(Failed.TIMED_OUT);
                }
                case Gone _ -> {
                    close();
                    return frames.almost().orElse(new Closed(""));
                }
            }
        }
    }

    private Connection connected() throws IOException, InterruptedException {
        Connection open = connection;
        if (open == null || open.inbox().isGone()) {
            close();
            var inbox = new SocketInbox();
            open = new Connection(service.connect(inbox), inbox);
            connection = open;
        }
        return open;
    }

    private record Connection(WebSocket socket, SocketInbox inbox) {}
}
