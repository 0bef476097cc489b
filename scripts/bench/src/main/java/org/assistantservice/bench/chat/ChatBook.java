package org.assistantservice.bench.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The chats under way, by number. Used on the bench's event loop only.
public final class ChatBook {
    private final Map<Integer, Chat> chats = new HashMap<>();
    private int last;

    public Chat open(Script script) {
        last++;
        Chat chat = new Chat(last, script);
        chats.put(last, chat);
        return chat;
    }

    /// Null if there is no such chat, or no longer.
    public @Nullable Chat find(int number) {
        return chats.get(number);
    }

    public void close(Chat chat) {
        chats.remove(chat.number());
    }
}
