package org.assistantservice.protocol.brainstorm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.assistantservice.protocol.brainstorm.ClientFrame.Asked;
import org.assistantservice.protocol.brainstorm.ClientFrame.Unusable;
import org.assistantservice.server.RateWindow;
import org.assistantservice.server.SocketLimits;
import org.jspecify.annotations.Nullable;

/// The frames of one socket that are not answered yet, for each chat with a turn under way, and the
/// bounds of what a client may send. For one thread at a time.
final class WaitingFrames {
    static final String TOO_FAST = "Rate limit exceeded";
    static final String TOO_MANY = "Too many messages are waiting";

    /// Of all messages of the socket that wait, in UTF-16: two of the longest.
    private static final int MOST_CHARACTERS = 2 * SocketLimits.MAX_MESSAGE_BYTES;

    private final Map<String, Queue<Waiting>> chats = new HashMap<>();
    private final int maxWaiting;
    private final int maxChats;
    private final RateWindow messages;
    private final RateWindow errors;
    private int characters;

    /// @param maxChats chats that may have a turn under way or waiting
    WaitingFrames(SocketLimits limits, int maxChats) {
        this.maxWaiting = limits.maxWaiting();
        this.maxChats = maxChats;
        this.messages = new RateWindow(limits.messagesPerSecond(), Duration.ofSeconds(1));
        this.errors = new RateWindow(limits.errorsPerMinute(), Duration.ofMinutes(1));
    }

    /// What is to be done about a frame that came.
    enum Admission {
        /// The chat had nothing under way: it is to be worked off from now on.
        BEGINS,
        /// The chat comes to it later.
        WAITS,
        /// No chat more may begin; none of this name is under way.
        NO_PLACE,
        /// The client has made too many mistakes: the socket is to be closed.
        TOO_MANY_ERRORS
    }

    /// Takes a frame. A refusal waits in its place, because clients end the turn under way of the
    /// chat that an answer names; how many wait is bounded by the errors that a client may make.
    Admission admit(ClientFrame frame) {
        Queue<Waiting> chat = chats.get(frame.chatId());
        ClientFrame admitted = admitted(frame, chat);
        if (admitted instanceof Unusable && !errors.admits()) {
            return Admission.TOO_MANY_ERRORS;
        }
        if (chat != null) {
            chat.add(waiting(admitted));
            return Admission.WAITS;
        }
        if (chats.size() >= maxChats) {
            return Admission.NO_PLACE;
        }
        chats.put(frame.chatId(), new ArrayDeque<>(List.of(new Waiting(admitted, 0))));
        return Admission.BEGINS;
    }

    /// The chat's next frame; null ends its work.
    @Nullable ClientFrame next(String chatId) {
        Queue<Waiting> chat = chats.get(chatId);
        Waiting next = chat == null ? null : chat.poll();
        if (next == null) {
            chats.remove(chatId);
            return null;
        }
        characters -= next.characters();
        return next.frame();
    }

    /// Whether no chat has a turn under way.
    boolean isEmpty() {
        return chats.isEmpty();
    }

    /// Drops what waits; what is under way stays so.
    void clear() {
        chats.values().forEach(Queue::clear);
        characters = 0;
    }

    /// @param characters what it counts for; 0 if nothing was under way before it
    private record Waiting(ClientFrame frame, int characters) {}

    private Waiting waiting(ClientFrame frame) {
        int its = length(frame);
        characters += its;
        return new Waiting(frame, its);
    }

    private static int length(ClientFrame frame) {
        return frame instanceof Asked asked ? asked.message().length() : 0;
    }

    private ClientFrame admitted(ClientFrame frame, @Nullable Queue<Waiting> chat) {
        if (!messages.admits()) {
            return new Unusable(frame.chatId(), TOO_FAST);
        }
        boolean hasRoom =
                chat == null
                        ? chats.size() < maxChats
                        : chat.size() < maxWaiting && length(frame) <= MOST_CHARACTERS - characters;
        return hasRoom ? frame : new Unusable(frame.chatId(), TOO_MANY);
    }
}
