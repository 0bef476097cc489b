package org.assistantservice.bench.load;

import org.HdrHistogram.Histogram;
import org.assistantservice.bench.chat.Chat;

/// What one load has seen: times and counts of the current window, faults of all time. Used on the
/// bench's event loop only.
public final class Tally {
    private static final int DIGITS = 3;

    private Histogram firstToken = new Histogram(DIGITS);
    private Histogram delay = new Histogram(DIGITS);
    private Histogram cuts = new Histogram(DIGITS);
    private long tokens;
    private long chats;
    private long requestBytes;
    private long faults;
    private String firstProblem = "";

    /// What happened within a window.
    ///
    /// @param firstToken request written → first token read, nanoseconds
    /// @param delay token written by the model → read by the client, nanoseconds
    /// @param cuts run cancelled → the model's stream closed, nanoseconds
    /// @param tokens that were read
    /// @param chats that ended
    /// @param requestBytes bytes of request bodies that the model got for the chats that ended
    public record Window(
            Histogram firstToken,
            Histogram delay,
            Histogram cuts,
            long tokens,
            long chats,
            long requestBytes) {}

    /// What was seen since the last call; a new window begins.
    public Window take() {
        Window window = new Window(firstToken, delay, cuts, tokens, chats, requestBytes);
        firstToken = new Histogram(DIGITS);
        delay = new Histogram(DIGITS);
        cuts = new Histogram(DIGITS);
        tokens = 0;
        chats = 0;
        requestBytes = 0;
        return window;
    }

    /// Tokens lost, doubled or out of order, and chats that did not end well.
    public long faults() {
        return faults;
    }

    /// What went wrong first, or nothing.
    public String firstProblem() {
        return firstProblem;
    }

    void token(Chat chat, int sequence, long now) {
        if (!chat.order().accept(sequence)) {
            problem("chat %d: token %d is out of order".formatted(chat.number(), sequence), 0);
            return;
        }
        tokens++;
        if (sequence == 0) {
            chat.firstToken(now);
            firstToken.recordValue(now - chat.askedAt());
        }
        delay.recordValue(Math.max(0, now - chat.writtenAt(sequence)));
    }

    void cut(long nanos) {
        cuts.recordValue(Math.max(0, nanos));
    }

    void foreign(Chat chat, int other) {
        chat.order().foreign();
        problem("chat %d got a token of chat %d".formatted(chat.number(), other), 0);
    }

    void ended(Chat chat) {
        chats++;
        requestBytes += chat.requestBytes();
        int wrong = chat.order().faultsAtEnd();
        if (wrong > 0) {
            problem("chat %d: %d tokens wrong or missing".formatted(chat.number(), wrong), wrong);
        }
        if (!chat.isFinished()) {
            problem("chat %d ended without its last event".formatted(chat.number()), 1);
        }
    }

    void problem(String what, long count) {
        faults += count;
        if (firstProblem.isEmpty()) {
            firstProblem = what;
        }
    }
}
