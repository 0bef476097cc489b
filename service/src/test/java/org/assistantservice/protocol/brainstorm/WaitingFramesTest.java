package org.assistantservice.protocol.brainstorm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.protocol.brainstorm.ClientFrame.Asked;
import org.assistantservice.protocol.brainstorm.ClientFrame.Unusable;
import org.assistantservice.protocol.brainstorm.WaitingFrames.Admission;
import org.assistantservice.server.SocketLimits;
import org.junit.jupiter.api.Test;

class WaitingFramesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Asked FIRST = new Asked("a", "first");

    @Test
    void theFirstFrameOfAChatBeginsItAndTheOthersWaitInOrder() {
        var waiting = new WaitingFrames(limits(8, 100, 100), 2);
        var second = new Asked("a", "second");

        assertThat(waiting.admit(FIRST)).isEqualTo(Admission.BEGINS);
        assertThat(waiting.admit(second)).isEqualTo(Admission.WAITS);

        assertThat(all(waiting, "a")).containsExactly(FIRST, second);
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void aFrameTooManyIsRefusedInItsTurn() {
        var waiting = new WaitingFrames(limits(1, 100, 100), 2);

        waiting.admit(FIRST);
        assertThat(waiting.admit(new Asked("a", "second"))).isEqualTo(Admission.WAITS);

        assertThat(all(waiting, "a"))
                .containsExactly(FIRST, new Unusable("a", "Too many messages are waiting"));
    }

    @Test
    void theMessagesOfAllChatsThatWaitHaveSoManyCharactersTogether() {
        var waiting = new WaitingFrames(limits(8, 100, 100), 2);
        String longest = "x".repeat(SocketLimits.MAX_MESSAGE_BYTES);
        var long1 = new Asked("a", longest);
        var long2 = new Asked("b", longest);
        waiting.admit(long1);
        waiting.admit(long2);

        waiting.admit(long1);
        waiting.admit(long2);
        waiting.admit(FIRST);

        assertThat(all(waiting, "a"))
                .containsExactly(long1, long1, new Unusable("a", "Too many messages are waiting"));
        assertThat(waiting.next("b")).isEqualTo(long2);
        assertThat(waiting.admit(long2)).isEqualTo(Admission.WAITS);
        assertThat(all(waiting, "b")).containsExactly(long2, long2);
    }

    @Test
    void whatWasClearedLeavesRoom() {
        var waiting = new WaitingFrames(limits(8, 100, 100), 2);
        var half = new Asked("a", "x".repeat(SocketLimits.MAX_MESSAGE_BYTES));
        waiting.admit(FIRST);
        waiting.admit(half);
        waiting.admit(half);

        waiting.clear();
        waiting.admit(half);

        assertThat(all(waiting, "a")).containsExactly(half);
    }

    @Test
    void aFrameTooFastIsRefusedInItsTurn() {
        var waiting = new WaitingFrames(limits(8, 1, 100), 2);

        waiting.admit(FIRST);
        assertThat(waiting.admit(new Asked("a", "second"))).isEqualTo(Admission.WAITS);
        assertThat(waiting.admit(new Asked("b", "third"))).isEqualTo(Admission.BEGINS);

        assertThat(all(waiting, "a"))
                .containsExactly(FIRST, new Unusable("a", "Rate limit exceeded"));
        assertThat(all(waiting, "b")).containsExactly(new Unusable("b", "Rate limit exceeded"));
    }

    @Test
    void aChatTooManyHasNoPlace() {
        var waiting = new WaitingFrames(limits(8, 100, 100), 1);

        waiting.admit(FIRST);

        assertThat(waiting.admit(new Asked("b", "other"))).isEqualTo(Admission.NO_PLACE);
        assertThat(waiting.next("b")).isNull();
    }

    @Test
    void refusalsAndMistakesAreErrorsOfWhichThereMayBeSoMany() {
        var waiting = new WaitingFrames(limits(1, 100, 2), 1);
        waiting.admit(FIRST);

        assertThat(waiting.admit(new Unusable("b", "Invalid message")))
                .isEqualTo(Admission.NO_PLACE);
        assertThat(waiting.admit(new Asked("a", "second"))).isEqualTo(Admission.WAITS);
        assertThat(waiting.admit(new Asked("a", "third"))).isEqualTo(Admission.TOO_MANY_ERRORS);
    }

    @Test
    void whatIsClearedIsNeverBegunButItsChatIsUnderWay() {
        var waiting = new WaitingFrames(limits(8, 100, 100), 1);
        waiting.admit(FIRST);

        waiting.clear();

        assertThat(waiting.isEmpty()).isFalse();
        assertThat(waiting.next("a")).isNull();
        assertThat(waiting.isEmpty()).isTrue();
    }

    private static List<ClientFrame> all(WaitingFrames waiting, String chatId) {
        List<ClientFrame> frames = new ArrayList<>();
        for (var next = waiting.next(chatId); next != null; next = waiting.next(chatId)) {
            frames.add(next);
        }
        return frames;
    }

    private static SocketLimits limits(int maxWaiting, int perSecond, int errorsPerMinute) {
        return new SocketLimits(LONG, LONG, LONG, LONG, maxWaiting, perSecond, errorsPerMinute, 10);
    }
}
