package org.assistantservice.protocol.commander;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assistantservice.server.ProblemException;
import org.junit.jupiter.api.Test;

class CreateRequestTest {
    @Test
    void aNameThatNoKeyHoldsIsRefusedBeforeAnythingIsFetched() {
        assertThat(read("\uD83D\uDE00".repeat(128)).userName()).hasSize(256);
        assertThatThrownBy(() -> read("\uD83D\uDE00".repeat(129)))
                .isInstanceOf(ProblemException.class)
                .hasMessage(".userName has characters that count twice, and is too long for that");
    }

    @Test
    void ofABodyFullOfMistakesAFewAreTold() {
        String body =
                """
                {"userName": "u", "name": "n", "instructions": "i", "fileURLs": [1%s]}
                """
                        .formatted(",1".repeat(520_000));

        assertThatThrownBy(() -> CreateRequest.read(body.getBytes(UTF_8), Samples.settings()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> {
                            assertThat(refused.problem().message())
                                    .isEqualTo(
                                            String.join(
                                                    "; ",
                                                    nCopies(20, "Input should be a valid string")));
                            assertThat(refused.problem().detailJson())
                                    .hasSizeLessThan(3_000)
                                    .endsWith(
                                            "\"fileURLs\",19],\"msg\":\"Input should be a valid"
                                                    + " string\",\"input\":1}]");
                        });
    }

    private static CreateRequest read(String userName) {
        String body =
                """
                {"userName": "%s", "name": "n", "instructions": "i", "fileURLs": ["http://a"]}
                """
                        .formatted(userName);
        return CreateRequest.read(body.getBytes(UTF_8), Samples.settings());
    }
}
