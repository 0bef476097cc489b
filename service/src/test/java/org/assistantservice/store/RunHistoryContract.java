package org.assistantservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.model.EstimatedTokens;
import org.assistantservice.run.HistoryWindow;
import org.assistantservice.run.Run;
import org.assistantservice.run.RunEvent.RunChanged;
import org.assistantservice.run.RunJournal.Claim;
import org.assistantservice.thread.Message;
import org.junit.jupiter.api.Test;

/// What of a thread a run is shown.
abstract class RunHistoryContract extends StoreContract {
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    @Test
    void theNewestMessagesWinWhenThereAreTooMany() {
        Run run = afterThreeTurns("How are you?");

        assertThat(shown(run, new HistoryWindow(3, UNBOUNDED)))
                .containsExactly("third question", "third answer", "How are you?");
        assertThat(shown(run, new HistoryWindow(7, UNBOUNDED))).hasSize(7);
        assertThat(shown(run, new HistoryWindow(100, UNBOUNDED)))
                .startsWith("first question", "first answer")
                .hasSize(7);
    }

    @Test
    void theTokensOfTheHistoryStayWithinTheirBound() {
        Run run = afterThreeTurns("How are you?");
        int lastThree = tokens("third question", "third answer", "How are you?");

        assertThat(shown(run, new HistoryWindow(100, lastThree)))
                .containsExactly("third question", "third answer", "How are you?");
        assertThat(shown(run, new HistoryWindow(100, lastThree - 1)))
                .containsExactly("How are you?");
    }

    @Test
    void theRunsOwnMessageIsShownHoweverLongItIs() {
        String asked = "word ".repeat(1000);
        Run run = afterThreeTurns(asked);

        assertThat(shown(run, new HistoryWindow(100, 1))).containsExactly(asked);
        assertThat(shown(run, new HistoryWindow(1, UNBOUNDED))).containsExactly(asked);
    }

    @Test
    void anAnswerIsNotShownWithoutItsQuestion() {
        Run run = afterThreeTurns("How are you?");

        assertThat(shown(run, new HistoryWindow(2, UNBOUNDED))).containsExactly("How are you?");
        assertThat(shown(run, new HistoryWindow(4, UNBOUNDED)))
                .containsExactly("third question", "third answer", "How are you?");
    }

    @Test
    void messagesAfterTheRunsOwnAreNotShown() {
        Claim first = claimOf("one");
        ThreadId thread = first.run().threadId();
        accept(Given.on(thread, "two", BusyPolicy.ENQUEUE));
        finish(first);
        assertThat(journal().claim(Given.OWNER, Given.LEASE, _ -> false)).isPresent();

        assertThat(shown(first.run(), Given.WINDOW)).containsExactly("one");
    }

    @Test
    void aDeletedThreadHasNoHistory() {
        Run run = claimOf("Hello").run();
        threads().delete(Given.ANNA, run.threadId());

        assertThat(reads().history(run, Given.WINDOW)).isEmpty();
    }

    private Run afterThreeTurns(String text) {
        Claim claim = claimOf("first question");
        answer(claim, "first answer");
        ThreadId thread = claim.run().threadId();
        answer(claimOn(thread, "second question"), "second answer");
        answer(claimOn(thread, "third question"), "third answer");
        return claimOn(thread, text).run();
    }

    private Claim claimOn(ThreadId thread, String text) {
        return claimIn(accept(Given.on(thread, text, BusyPolicy.ENQUEUE)));
    }

    private void answer(Claim claim, String text) {
        Run over = Given.completed(claim.run());
        Message answer = Given.reply(claim.run(), text);
        journal()
                .finish(
                        claim.lease(),
                        over,
                        List.of(Given.messageStep(over, 1, answer)),
                        List.of(answer),
                        List.of(Given.row(1, 2, RunChanged.to(over))));
    }

    private List<String> shown(Run run, HistoryWindow window) {
        return reads().history(run, window).stream().map(Message::text).toList();
    }

    private static int tokens(String... texts) {
        return List.of(texts).stream().mapToInt(EstimatedTokens::ofMessage).sum();
    }
}
