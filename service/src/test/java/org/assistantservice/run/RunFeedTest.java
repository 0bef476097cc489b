package org.assistantservice.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assistantservice.identity.CallId;
import org.assistantservice.identity.MessageId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.RunId;
import org.assistantservice.run.RunEvent.CallProgress;
import org.assistantservice.run.RunEvent.MessageDelta;
import org.assistantservice.run.RunEvent.Reset;
import org.junit.jupiter.api.Test;

class RunFeedTest {
    private static final RunId RUN = RunId.random();
    private static final MessageId MESSAGE = MessageId.random();

    private final RunFeed feed = new RunFeed(RUN);

    RunFeedTest() {
        feed.begin(List.of(new SequencedEvent(1, 1, new Reset(RUN, 1))), 1, 2);
        feed.flush();
    }

    @Test
    void neighbouringDeltasShareOneRowAndOtherEventsHaveTheirOwn() {
        feed.append(delta("a"));
        feed.append(delta("b"));
        feed.append(new Reset(RUN, 1));
        feed.append(delta("c"));

        assertThat(feed.takeForLog())
                .containsExactly(
                        new EventRow(1, 2, List.of(delta("a"), delta("b"))),
                        new EventRow(1, 4, List.of(new Reset(RUN, 1))),
                        new EventRow(1, 5, List.of(delta("c"))));
    }

    @Test
    void progressOfACallHasAPlaceButNoRow() {
        feed.append(delta("a"));
        feed.append(new CallProgress(RUN, CallId.random(), "half"));
        feed.append(delta("b"));

        assertThat(feed.takeForLog())
                .containsExactly(
                        new EventRow(1, 2, List.of(delta("a"))),
                        new EventRow(1, 4, List.of(delta("b"))));
    }

    @Test
    void aRowIsHandedToTheLogOnceAndStaysUntilItIsStored() {
        feed.append(delta("a"));
        feed.flush();
        List<EventRow> first = feed.takeForLog();
        List<EventRow> second = feed.takeForLog();

        assertThat(first).hasSize(1);
        assertThat(second).isEmpty();
        assertThat(tail()).extracting(SequencedEvent::n).containsExactly(1, 2);
        feed.stored(1, 2);
        assertThat(tail()).isEmpty();
    }

    @Test
    void stagedRowsHoldEverythingNotKnownToBeStoredAndTheLogGetsNoneOfThem() {
        feed.append(delta("a"));
        feed.takeForLog();
        feed.append(delta("b"));

        StagedRows staged = feed.stage(List.of(new Reset(RUN, 1)));

        assertThat(staged.rows()).extracting(EventRow::n).containsExactly(2, 3, 4);
        assertThat(feed.takeForLog()).isEmpty();
        feed.committed(staged);
        assertThat(feed.takeForLog()).isEmpty();
    }

    @Test
    void aDeltaThatCameDuringACommitStillGoesToTheLog() {
        StagedRows staged = feed.stage(List.of(new Reset(RUN, 1)));
        feed.append(delta("late"));
        feed.committed(staged);

        assertThat(feed.takeForLog()).containsExactly(new EventRow(1, 3, List.of(delta("late"))));
    }

    @Test
    void anOlderEpochsPlaceSaysNothingAboutTheNext() {
        feed.append(delta("a"));
        feed.flush();
        feed.begin(List.of(), 2, 0);

        assertThat(feed.hasReached(new RunCursor(RUN, 1, 2))).isTrue();
        assertThat(feed.hasReached(new RunCursor(RUN, 2, 1))).isFalse();
    }

    @Test
    void aReaderGetsTheTailAndThenEveryBatchOnce() {
        feed.append(delta("a"));
        feed.flush();
        feed.append(delta("b"));
        var seen = new Recording();
        var reader = new FeedReader(seen, new RunCursor(RUN, 1, 1));
        List<SequencedEvent> tail = feed.attach(reader);
        feed.flush();
        feed.append(delta("c"));
        feed.flush();

        reader.catchUp(new NoReads(), tail);
        feed.append(delta("d"));
        feed.flush();

        assertThat(seen.text()).isEqualTo("abcd");
        assertThat(seen.places()).containsExactly(2, 3, 4, 5);
    }

    @Test
    void aReaderThatCameTooLateIsToldWhyTheFeedEnded() {
        var seen = new Recording();
        feed.close(RunReader.End.SERVICE_STOPPING);
        var reader = new FeedReader(seen, new RunCursor(RUN, 1, 1));

        reader.catchUp(new NoReads(), feed.attach(reader));

        assertThat(seen.ends).containsExactly(RunReader.End.SERVICE_STOPPING);
    }

    @Test
    void aReaderWhoLeftEndsTheReadingOfWhatIsStored() {
        var pages = new EndlessReads();
        var seen = new Recording();
        var reader = new FeedReader(seen, new RunCursor(RUN, 1, 1));
        pages.afterFirst = reader::close;

        reader.catchUp(pages, List.of());

        assertThat(pages.read).isEqualTo(2);
        assertThat(seen.places()).first().isEqualTo(2);
        assertThat(seen.places()).last().isEqualTo(501);
    }

    @Test
    void anEventStagedButNotCommittedIsShownToNobody() {
        feed.stage(List.of(delta("secret")));

        assertThat(tail()).extracting(SequencedEvent::n).containsExactly(1);
        assertThat(feed.hasReached(new RunCursor(RUN, 1, 2))).isFalse();
    }

    @Test
    void aFlushWhileStagedEventsWaitForTheirCommitShowsNoneOfThem() {
        Recording seen = follow();
        StagedRows staged = feed.stage(List.of(delta("end")));
        feed.flush();

        assertThat(seen.text()).isEmpty();
        feed.committed(staged);
        assertThat(seen.text()).isEqualTo("end");
    }

    @Test
    void whatIsStagedWhileACommitIsOnItsWayHoldsOnlyWhatIsNew() {
        StagedRows first = feed.stage(List.of(delta("a")));
        feed.append(delta("b"));

        StagedRows second = feed.stage(List.of(delta("c")));

        assertThat(first.rows()).extracting(EventRow::n).containsExactly(2);
        assertThat(second.rows()).extracting(EventRow::n).containsExactly(3, 4);
    }

    @Test
    void nothingIsShownWhileAnyOfTwoCommitsIsOnItsWay() {
        Recording seen = follow();
        StagedRows first = feed.stage(List.of(delta("a")));
        StagedRows second = feed.stage(List.of(delta("b")));
        feed.append(delta("c"));

        feed.committed(first);
        feed.committed(first);
        assertThat(seen.text()).isEmpty();
        feed.committed(second);

        assertThat(seen.text()).isEqualTo("abc");
        assertThat(tail()).extracting(SequencedEvent::n).containsExactly(4);
    }

    @Test
    void whatIsWithdrawnIsShownWithTheNextCommitThatHoldsIt() {
        Recording seen = follow();
        StagedRows first = feed.stage(List.of(delta("a")));
        feed.withdraw(first);
        feed.committed(first);
        feed.append(delta("b"));
        feed.flush();
        assertThat(seen.text()).isEmpty();

        StagedRows next = feed.stage(List.of(delta("c")));
        feed.committed(next);

        assertThat(next.rows()).extracting(EventRow::n).containsExactly(2, 3, 4);
        assertThat(seen.text()).isEqualTo("abc");
    }

    @Test
    void whatIsWithdrawnIsNotShownWithACommitThatWasAskedForBefore() {
        Recording seen = follow();
        StagedRows earlier = feed.stage(List.of(delta("a")));
        StagedRows refused = feed.stage(List.of(delta("b")));
        feed.withdraw(refused);
        feed.committed(earlier);
        assertThat(seen.text()).isEmpty();

        StagedRows next = feed.stage(List.of(delta("c")));
        feed.committed(next);

        assertThat(next.rows()).extracting(EventRow::n).containsExactly(3, 4);
        assertThat(seen.text()).isEqualTo("abc");
    }

    @Test
    void aRunIsAwaitedUntilItsFirstReaderCameOrTheTimeIsUp() {
        feed.ownedBy(Principal.ANONYMOUS, 1_000);

        assertThat(feed.isAwaited(999)).isTrue();
        assertThat(feed.isAwaited(1_000)).isFalse();
        tail();
        assertThat(feed.isAwaited(999)).isFalse();
    }

    private Recording follow() {
        var seen = new Recording();
        var reader = new FeedReader(seen, new RunCursor(RUN, 1, 1));
        reader.catchUp(new NoReads(), feed.attach(reader));
        return seen;
    }

    private List<SequencedEvent> tail() {
        var probe = new FeedReader(new Recording(), RunCursor.start(RUN));
        List<SequencedEvent> tail = feed.attach(probe);
        feed.detach(probe);
        return tail;
    }

    private static MessageDelta delta(String text) {
        return new MessageDelta(MESSAGE, text);
    }

    /// A run that has another full page of events whenever it is asked, up to ten.
    private static final class EndlessReads extends NoReads {
        int read;
        Runnable afterFirst = () -> {};

        @Override
        public List<SequencedEvent> events(RunId runId, RunCursor after, int limit) {
            if (++read > 10) {
                return List.of();
            }
            if (read == 2) {
                afterFirst.run();
            }
            return IntStream.rangeClosed(1, limit)
                    .mapToObj(i -> new SequencedEvent(1, after.n() + i, delta("x")))
                    .toList();
        }
    }

    private static final class Recording implements RunReader {
        final List<SequencedEvent> events = new ArrayList<>();
        final List<End> ends = new ArrayList<>();

        @Override
        public void onEvents(EventBatch batch) {
            events.addAll(batch.events());
        }

        @Override
        public void onEnd(End end) {
            ends.add(end);
        }

        String text() {
            StringBuilder text = new StringBuilder();
            for (SequencedEvent event : events) {
                if (event.event() instanceof MessageDelta delta) {
                    text.append(delta.text());
                }
            }
            return text.toString();
        }

        List<Integer> places() {
            return events.stream().map(SequencedEvent::n).toList();
        }
    }
}
