package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.Sha256;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.record.RecordStore;
import org.assistantservice.record.RecordStore.Space;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.ThreadStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The users, by their tokens, of which only digests are kept. Blocks; thread-safe.
@Singleton
final class JellyUsers {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String THREAD = "thread";

    private final RecordStore records;
    private final ThreadStore threads;
    private final HistoryRows rows;
    private final JellyAssistant assistant;
    private final Clock clock;

    JellyUsers(
            RecordStore records,
            ThreadStore threads,
            HistoryRows rows,
            JellyAssistant assistant,
            Clock clock) {
        this.records = records;
        this.threads = threads;
        this.rows = rows;
        this.assistant = assistant;
        this.clock = clock;
    }

    /// The user with this token: a new one, greeted, if it is the first time.
    JellyUser of(Principal principal, String token) {
        String key = Sha256.hex(principal.name() + "\n" + token);
        return find(principal, key).orElseGet(() -> create(principal, key));
    }

    private Optional<JellyUser> find(Principal principal, String key) {
        return records.find(users(principal), key)
                .map(row ->
                        new JellyUser(
                                row.seq(),
                                principal,
                                new ThreadId(
                                        JSON.readTree(row.json()).required(THREAD).stringValue())));
    }

    /// The greeting is there before the user is, so that nobody ever sees a user without one. If
    /// two requests come at once, the second one's conversation is thrown away.
    private JellyUser create(Principal principal, String key) {
        Optional<Assistant> greeter = assistant.listing().map(it -> it.assistant());
        ThreadId thread = ThreadId.random();
        Instant now = clock.instant();
        AssistantId greeterId = greeter.map(Assistant::id).orElse(null);
        String greeting = assistant.greeting(greeter);
        threads.create(new ChatThread(thread, principal, greeterId, now, Map.of()));
        threads.append(principal, said(thread, greeterId, greeting, now));
        rows.greet(principal, thread, greeting, now);
        String json = JSON.writeValueAsString(JSON.createObjectNode().put(THREAD, thread.value()));
        if (!records.add(users(principal), key, json, Long.MAX_VALUE)) {
            rows.clear(principal, thread);
            threads.delete(principal, thread);
        }
        return find(principal, key)
                .orElseThrow(() -> new IllegalStateException("A new user is not there"));
    }

    /// A message of the assistant that no run wrote.
    static Message said(ThreadId thread, @Nullable AssistantId by, String text, Instant now) {
        return new Message(
                MessageId.random(),
                thread,
                Message.Role.ASSISTANT,
                Message.Status.COMPLETED,
                List.of(text),
                by,
                null,
                now,
                now,
                null,
                Map.of());
    }

    private static Space users(Principal principal) {
        return new Space(principal.tenant(), "jellychat.users");
    }
}
