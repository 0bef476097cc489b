package org.assistantservice.protocol.stateless;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assistantservice.server.ProblemException;
import org.junit.jupiter.api.Test;

class StatelessReaderTest {
    private static final StatelessReader READER =
            new StatelessReader(
                    new StatelessSettings("", 10, 1000, 262_144, Duration.ZERO, Duration.ZERO, 10));

    @Test
    void ofAContextFullOfMistakesAFewAreTold() {
        String body =
                """
                {"message": "x", "context": {"conversation_history": [{}%s]}}
                """
                        .formatted(",{}".repeat(80_000));

        assertThatThrownBy(() -> READER.read(body.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> {
                            assertThat(refused.problem().message())
                                    .isEqualTo(String.join("; ", nCopies(20, "Field required")));
                            assertThat(refused.problem().detailJson())
                                    .hasSizeLessThan(3_000)
                                    .endsWith(
                                            "9,\"content\"],\"msg\":\"Field required\",\"input\":{}}]");
                        });
    }
}
