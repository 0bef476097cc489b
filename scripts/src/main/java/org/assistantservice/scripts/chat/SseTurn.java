package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.assistantservice.scripts.chat.BodyChunks.Bytes;
import org.assistantservice.scripts.chat.BodyChunks.End;
import org.assistantservice.scripts.chat.BodyChunks.Silence;
import org.assistantservice.scripts.chat.SseFrames.SseFrame;
import org.assistantservice.scripts.chat.TurnEnd.Closed;
import org.assistantservice.scripts.chat.TurnEnd.Failed;
import org.assistantservice.scripts.chat.TurnEnd.Restarting;
import org.assistantservice.scripts.chat.TurnEnd.Unreadable;

/// One question and its stream, across reconnections. The question is posted by the first request
/// only: without a cursor there is no second one.
final class SseTurn {
    /// How long the frame that follows a run's last event may take.
    private static final Duration AFTERWORD = Duration.ofSeconds(2);

    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    private static final int MAX_ERROR_BODY = 64 * 1024;

    private final ServiceClient service;
    private final SseTurns.Limits limits;
    private final Turns.Question question;
    private final FrameReader frames;
    private String cursor = "";
    private int tries;

    SseTurn(
            ServiceClient service,
            SseTurns.Limits limits,
            Turns.Question question,
            Consumer<TurnEvent> events) {
        this.service = service;
        this.limits = limits;
        this.question = question;
        this.frames = new FrameReader(events);
    }

    TurnEnd follow() throws InterruptedException {
        while (true) {
            Optional<TurnEnd> end = connect();
            if (end.isPresent() && !(end.get() instanceof Restarting)) {
                return end.get();
            }
            if (cursor.isEmpty() || tries >= limits.reconnections()) {
                return end.orElse(new Closed(""));
            }
            Thread.sleep(limits.waitAfter(tries));
            tries++;
        }
    }

    /// Posts or resumes, and reads as long as the connection lasts.
    ///
    /// @return the end of the answer; empty if there is more to come on another connection
    private Optional<TurnEnd> connect() throws InterruptedException {
        Optional<HttpResponse<BodyChunks>> response;
        try {
            response = service.post(question, "text/event-stream", cursor, limits.silence());
        } catch (IOException e) {
            return cursor.isEmpty()
                    ? Optional.of(new Closed(String.valueOf(e.getMessage())))
                    : Optional.empty();
        }
        if (response.isEmpty()) {
            return Optional.of(Failed.TIMED_OUT);
        }
        try (BodyChunks body = response.get().body()) {
            return switch (response.get().statusCode()) {
                case 200 -> isStream(response.get()) ? read(body) : Optional.of(new Unreadable());
                default -> refused(response.get().statusCode(), body);
            };
        }
    }

    private Optional<TurnEnd> refused(int status, BodyChunks body) throws InterruptedException {
        if (!cursor.isEmpty() && PASSING.contains(status)) {
            return Optional.empty();
        }
        String text = new String(body.all(AFTERWORD, MAX_ERROR_BODY), UTF_8);
        return Optional.of(new Failed(String.valueOf(status), ServiceClient.detail(text)));
    }

    private Optional<TurnEnd> read(BodyChunks body) throws InterruptedException {
        var parser = new SseFrames();
        while (true) {
            Duration limit = frames.almost().isPresent() ? AFTERWORD : limits.silence();
            switch (body.next(limit)) {
                case Bytes(byte[] bytes) -> {
                    Optional<TurnEnd> end = take(parser.feed(bytes));
                    if (end.isPresent()) {
                        return end;
                    }
                }
                case Silence _ -> {
                    return frames.almost().or(() -> Optional.of(Failed.TIMED_OUT));
                }
                case End _ -> {
                    return frames.almost();
                }
            }
        }
    }

    private Optional<TurnEnd> take(List<SseFrame> arrived) {
        for (SseFrame frame : arrived) {
            Optional<TurnEnd> end = frames.accept(frame.event(), frame.data());
            if (end.isPresent()) {
                return end;
            }
            if (!frame.id().isEmpty()) {
                cursor = frame.id();
                tries = 0;
            }
        }
        return Optional.empty();
    }

    private static boolean isStream(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
    }
}
