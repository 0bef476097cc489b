package org.assistantservice.protocol.commander;

import static java.nio.charset.StandardCharsets.UTF_8;
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

    private static CreateRequest read(String userName) {
        String body =
                """
                {"userName": "%s", "name": "n", "instructions": "i", "fileURLs": ["http://a"]}
                """
                        .formatted(userName);
        return CreateRequest.read(body.getBytes(UTF_8), Samples.settings());
    }
}
