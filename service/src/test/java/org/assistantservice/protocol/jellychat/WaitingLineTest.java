package org.assistantservice.protocol.jellychat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.protocol.jellychat.WaitingLine.Asked;
import org.assistantservice.protocol.jellychat.WaitingLine.Entry;
import org.assistantservice.protocol.jellychat.WaitingLine.Refused;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
    private static final Question HELLO = asking("Hello");
    private static final Question LARGE = asking("x".repeat(WaitingLine.MAX_CHARACTERS));

    private final WaitingLine line = new WaitingLine(2);

    @Test
    void everythingIsAnsweredInItsPlace() {
        line.add(HELLO);
        line.add(new Refused("no"));
        line.add(asking("Bye"));

        List<Entry> answered = new ArrayList<>();
        for (Entry entry = line.head(); entry != null; entry = line.next()) {
            answered.add(entry);
        }

        assertThat(answered)
                .containsExactly(new Asked(HELLO), new Refused("no"), new Asked(asking("Bye")));
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void questionsAreCountedUntilTheyAreAnswered() {
        assertThat(line.add(HELLO)).isTrue();
        line.add(new Refused("no"));
        assertThat(line.add(HELLO)).isTrue();
        assertThat(line.add(HELLO)).isFalse();

        line.next();

        assertThat(line.add(HELLO)).isTrue();
    }

    @Test
    void aLargeQuestionIsTakenAlone() {
        assertThat(line.add(LARGE)).isTrue();
        assertThat(line.add(HELLO)).isFalse();

        line.next();

        assertThat(line.add(HELLO)).isTrue();
        assertThat(line.add(LARGE)).isFalse();
    }

    private static Question asking(String message) {
        return new Question("ann", message, "wiki");
    }
}
