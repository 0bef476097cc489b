package org.assistantservice.bench.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrderCheckTest {
    @Test
    void everyTokenOnceAndInOrderIsNoFault() {
        OrderCheck check = after(0, 1, 2, 3);

        assertThat(check.faultsAtEnd()).isZero();
        assertThat(check.isComplete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "lost,            0 2 3",
        "lost at the end, 0 1 2",
        "lost at first,   1 2 3",
        "doubled,         0 1 1 2 3",
        "doubled at last, 0 1 2 3 3",
        "swapped,         0 2 1 3",
        "too many,        0 1 2 3 4",
        "all lost,        ''"
    })
    void aTokenThatIsNotWhereItBelongsIsAFault(String what, String tokens) {
        OrderCheck check = after(numbers(tokens));

        assertThat(check.faultsAtEnd()).as(what).isPositive();
    }

    @Test
    void everyLostTokenCounts() {
        OrderCheck check = after(0);

        assertThat(check.faultsAtEnd()).isEqualTo(3);
    }

    private static int[] numbers(String text) {
        return text.isEmpty()
                ? new int[0]
                : Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    }

    private static OrderCheck after(int... tokens) {
        OrderCheck check = new OrderCheck(4);
        IntStream.of(tokens).forEach(check::accept);
        return check;
    }
}
