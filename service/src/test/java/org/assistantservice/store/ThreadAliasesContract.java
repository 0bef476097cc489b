package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.thread.ChatThread;
import org.assistantservice.thread.ThreadAlias;
import org.junit.jupiter.api.Test;

/// Clients' own names for threads.
abstract class ThreadAliasesContract extends StoreContract {
    private static final ThreadAlias CHAT = new ThreadAlias("brainstorm", "chat 1");

    @Test
    void theFirstUseOfANameMakesItsThreadAndLaterOnesFindIt() {
        ChatThread first = Given.thread(Given.ANNA);
        ChatThread unneeded = Given.thread(Given.ANNA);

        ThreadId made = aliases().named(CHAT, first);
        ThreadId found = aliases().named(CHAT, unneeded);

        assertThat(made).isEqualTo(first.id());
        assertThat(found).isEqualTo(first.id());
        assertThat(threads().find(Given.ANNA, first.id())).contains(first);
        assertThat(threads().find(Given.ANNA, unneeded.id())).isEmpty();
    }

    @Test
    void theSameNameOfAnotherOwnerOrInAnotherSpaceIsAnotherThread() {
        var namesake = new Principal(new TenantId("other"), Given.ANNA.name());

        List<ThreadId> threads =
                List.of(
                        aliases().named(CHAT, Given.thread(Given.ANNA)),
                        aliases().named(CHAT, Given.thread(Given.BEN)),
                        aliases().named(CHAT, Given.thread(namesake)),
                        aliases()
                                .named(
                                        new ThreadAlias("other", CHAT.name()),
                                        Given.thread(Given.ANNA)));

        assertThat(threads).doesNotHaveDuplicates();
    }

    @Test
    void callersAtOnceGetOneThread() throws Exception {
        var calls =
                Collections.nCopies(
                        20,
                        (java.util.concurrent.Callable<ThreadId>)
                                () -> aliases().named(CHAT, Given.thread(Given.ANNA)));

        List<ThreadId> threads = together(calls);

        assertThat(threads).hasSize(20).containsOnly(threads.getFirst());
    }

    @Test
    void aNameGoesWithItsThread() {
        ThreadId first = aliases().named(CHAT, Given.thread(Given.ANNA));

        threads().delete(Given.ANNA, first);

        assertThat(aliases().named(CHAT, Given.thread(Given.ANNA))).isNotEqualTo(first);
    }

    @Test
    void namesNotUsedForLongAreForgottenAndTheirThreadsStay() {
        ThreadAlias other = new ThreadAlias("brainstorm", "chat 2");
        ThreadId unused = aliases().named(CHAT, Given.thread(Given.ANNA));
        ThreadId used = aliases().named(other, Given.thread(Given.ANNA));
        Instant later = Given.NOW.plus(Duration.ofDays(3));
        aliases().named(other, at(later));

        boolean hasMore = aliases().forget("brainstorm", later.minusSeconds(1));

        assertThat(hasMore).isFalse();
        assertThat(aliases().named(other, at(later))).isEqualTo(used);
        assertThat(aliases().named(CHAT, at(later))).isNotEqualTo(unused);
        assertThat(threads().find(Given.ANNA, unused)).isPresent();
    }

    @Test
    void aNameThatMayHaveBeenUsedSinceIsKept() {
        ThreadId used = aliases().named(CHAT, Given.thread(Given.ANNA));
        Instant again = Given.NOW.plus(Duration.ofHours(23));
        aliases().named(CHAT, at(again));

        aliases().forget("brainstorm", again);

        assertThat(aliases().named(CHAT, at(again))).isEqualTo(used);
    }

    @Test
    void otherSpacesKeepTheirNames() {
        ThreadId kept = aliases().named(CHAT, Given.thread(Given.ANNA));

        aliases().forget("other", Given.NOW.plus(Duration.ofDays(3)));

        assertThat(aliases().named(CHAT, Given.thread(Given.ANNA))).isEqualTo(kept);
    }

    private static ChatThread at(Instant time) {
        return new ChatThread(ThreadId.random(), Given.ANNA, Given.ASSISTANT_ID, time, Map.of());
    }
}
