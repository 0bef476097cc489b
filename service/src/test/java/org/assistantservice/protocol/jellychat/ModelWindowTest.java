package org.assistantservice.protocol.jellychat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.store.EmbeddedStore;
import org.assistantservice.store.StoreSettings;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWindowTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final JellyUser ANNA = new JellyUser(1, Principal.ANONYMOUS, ThreadId.random());

    private EmbeddedStore store;
    private ModelWindow window;

    @BeforeEach
    void open(@TempDir Path directory) {
        store =
                EmbeddedStore.open(
                        new StoreSettings(directory, "", false), null, InstantSource.system());
        window = new ModelWindow(store.threads());
        store.threads().create(new ChatThread(ANNA.thread(), ANNA.owner(), null, NOW, Map.of()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aYoungConversationIsSeenWhole() {
        assertThat(window.next(ANNA)).isEqualTo(1);

        said(Message.Role.ASSISTANT, 1);

        assertThat(window.next(ANNA)).isEqualTo(2);
    }

    @Test
    void tenRowsOfOneMessageEachAreTenMessages() {
        turns(12, 1);

        assertThat(window.next(ANNA)).isEqualTo(10 + 1);
    }

    @Test
    void anAnswerOfSeveralMessagesIsOneRow() {
        turns(12, 2);

        assertThat(window.next(ANNA)).isEqualTo(5 * 3 + 1);
    }

    @Test
    void theLongestAnswersAreOneRowEach() {
        turns(7, 6);

        assertThat(window.next(ANNA)).isEqualTo(5 * 7 + 1);
    }

    private void turns(int count, int messagesPerAnswer) {
        said(Message.Role.ASSISTANT, 1);
        for (int i = 0; i < count; i++) {
            said(Message.Role.USER, 1);
            said(Message.Role.ASSISTANT, messagesPerAnswer);
        }
    }

    private void said(Message.Role role, int times) {
        for (int i = 0; i < times; i++) {
            store.threads()
                    .append(
                            ANNA.owner(),
                            new Message(
                                    MessageId.random(),
                                    ANNA.thread(),
                                    role,
                                    Message.Status.COMPLETED,
                                    List.of("Hello"),
                                    null,
                                    null,
                                    NOW,
                                    NOW,
                                    null,
                                    Map.of()));
        }
    }
}
