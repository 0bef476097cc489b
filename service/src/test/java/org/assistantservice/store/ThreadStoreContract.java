package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.Message;
import org.assistantservice.thread.Page;
import org.assistantservice.thread.PageRequest;
import org.assistantservice.thread.UnknownCursorException;
import org.junit.jupiter.api.Test;

/// Threads and the lists of their messages.
abstract class ThreadStoreContract extends StoreContract {
    @Test
    void aThreadIsItsOwnersAlone() {
        ChatThread thread = Given.thread(Given.ANNA);
        var namesake = new Principal(new TenantId("other"), Given.ANNA.name());

        threads().create(thread);

        assertThat(threads().find(Given.ANNA, thread.id())).contains(thread);
        assertThat(List.of(Given.BEN, namesake))
                .allSatisfy(stranger -> {
                    assertThat(threads().find(stranger, thread.id())).isEmpty();
                    assertThat(threads().changeMetadata(stranger, thread.id(), Map.of())).isEmpty();
                    assertThat(threads().delete(stranger, thread.id())).isFalse();
                });
        assertThat(threads().find(Given.ANNA, thread.id())).contains(thread);
    }

    @Test
    void metadataIsReplaced() {
        ChatThread thread = Given.thread(Given.ANNA);
        threads().create(thread);
        var changed =
                new ChatThread(
                        thread.id(), Given.ANNA, Given.ASSISTANT_ID, Given.NOW, Map.of("a", "b"));

        assertThat(threads().changeMetadata(Given.ANNA, thread.id(), Map.of("a", "b")))
                .contains(changed);
        assertThat(threads().find(Given.ANNA, thread.id())).contains(changed);
    }

    @Test
    void aMessageThatNoRunWroteStandsAfterThoseBefore() {
        Claim claim = claimOf("Hello");
        ThreadId id = claim.run().threadId();
        Message greeting =
                new Message(
                        MessageId.random(),
                        id,
                        Message.Role.ASSISTANT,
                        Message.Status.COMPLETED,
                        List.of("Welcome"),
                        Given.ASSISTANT_ID,
                        null,
                        Given.NOW,
                        Given.NOW,
                        null,
                        Map.of());

        assertThat(threads().append(Given.BEN, greeting)).isFalse();
        assertThat(threads().append(Given.ANNA, greeting)).isTrue();

        assertThat(threads().messages(Given.ANNA, id, PageRequest.oldestFirst(10), null).data())
                .extracting(Message::text)
                .containsExactly("Hello", "Welcome");
        assertThat(threads().message(Given.ANNA, id, greeting.id())).contains(greeting);
    }

    @Test
    void aDeletedThreadIsGoneWithItsMessages() {
        Claim claim = claimOf("Hello");
        ThreadId id = claim.run().threadId();

        assertThat(threads().delete(Given.ANNA, id)).isTrue();

        assertThat(threads().delete(Given.ANNA, id)).isFalse();
        assertThat(threads().find(Given.ANNA, id)).isEmpty();
        assertThat(textsOf(id)).isEmpty();
    }

    @Test
    void messagesArePagedInTheirOrder() {
        List<Message> all = fiveMessages();
        ThreadId thread = all.getFirst().threadId();
        String second = all.get(1).id().value();
        String fourth = all.get(3).id().value();

        assertThat(messages(thread, new PageRequest(2, false, null, null)))
                .isEqualTo(new Page<>(all.subList(0, 2), true));
        assertThat(messages(thread, new PageRequest(5, false, null, null)))
                .isEqualTo(new Page<>(all, false));
        assertThat(messages(thread, new PageRequest(5, true, null, null)))
                .isEqualTo(new Page<>(all.reversed(), false));
        assertThat(messages(thread, new PageRequest(5, false, second, null)))
                .isEqualTo(new Page<>(all.subList(2, 5), false));
        assertThat(messages(thread, new PageRequest(5, true, second, null)))
                .isEqualTo(new Page<>(all.subList(0, 1), false));
        assertThat(messages(thread, new PageRequest(2, false, null, fourth)))
                .isEqualTo(new Page<>(all.subList(1, 3), true));
        assertThat(messages(thread, new PageRequest(5, true, null, second)))
                .isEqualTo(new Page<>(all.subList(2, 5).reversed(), false));
        assertThat(messages(thread, new PageRequest(5, false, second, fourth)))
                .isEqualTo(new Page<>(all.subList(2, 3), false));
        assertThatThrownBy(() -> messages(thread, new PageRequest(5, false, "msg_unknown", null)))
                .isInstanceOf(UnknownCursorException.class)
                .hasMessage("No item of this list has the id 'msg_unknown'");
    }

    private List<Message> fiveMessages() {
        List<Message> all = new ArrayList<>();
        var first = Given.onNewThread("0");
        finish(claimIn(accept(first)));
        all.add(first.message());
        for (int i = 1; i < 5; i++) {
            var next = Given.on(first.spec().threadId(), "" + i, BusyPolicy.ENQUEUE);
            finish(claimIn(accept(next)));
            all.add(next.message());
        }
        return all;
    }

    private Page<Message> messages(ThreadId thread, PageRequest page) {
        return threads().messages(Given.ANNA, thread, page, null);
    }

    @Test
    void messagesOfOneRunAreFound() {
        List<Message> all = fiveMessages();
        Message third = all.get(2);

        assertThat(
                        threads()
                                .messages(
                                        Given.ANNA,
                                        third.threadId(),
                                        PageRequest.oldestFirst(9),
                                        third.runId()))
                .isEqualTo(new Page<>(List.of(third), false));
    }

    @Test
    void aMessageIsFoundInItsOwnThreadOnly() {
        List<Message> all = fiveMessages();
        Message first = all.getFirst();
        ThreadId other = claimOf("Hello").run().threadId();

        assertThat(threads().message(Given.ANNA, first.threadId(), first.id())).contains(first);
        assertThat(threads().message(Given.ANNA, other, first.id())).isEmpty();
        assertThat(threads().message(Given.BEN, first.threadId(), first.id())).isEmpty();
        assertThat(threads().message(Given.ANNA, first.threadId(), MessageId.random())).isEmpty();
    }
}
