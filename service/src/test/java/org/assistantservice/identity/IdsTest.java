package org.assistantservice.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void anIdIsItsPrefixAnd24LettersAndDigits() {
        assertThat(Ids.random("run_")).matches("run_[0-9A-Za-z]{24}");
    }

    @Test
    void idsOfOneMillisecondDifferAndUseTheWholeAlphabet() {
        Set<String> ids = new HashSet<>();
        Set<Integer> characters = new HashSet<>();

        for (int i = 0; i < 10_000; i++) {
            String id = Ids.of("", 1_795_000_000_000L);
            ids.add(id);
            id.substring(7).chars().forEach(characters::add);
        }

        assertThat(ids).hasSize(10_000);
        assertThat(characters).hasSize(62);
    }

    @Test
    void idsOfLaterMillisecondsLieBehindThoseOfEarlierOnes() {
        for (long millis = 1_795_000_000_000L; millis < 1_795_000_010_000L; millis += 37) {
            assertThat(Ids.of("", millis)).isLessThan(Ids.of("", millis + 37));
        }
        assertThat(Ids.of("", 1_795_000_000_000L)).isLessThan(Ids.of("", 3_500_000_000_000L));
    }
}
