package org.assistantservice.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.assistantservice.identity.AssistantId;
import org.junit.jupiter.api.Test;

class AssistantTest {
    @Test
    void theDefaultModelIsForAssistantsThatNameNone() {
        assertThat(assistant("gpt-4o").modelOr("standard")).isEqualTo("gpt-4o");
        assertThat(assistant("").modelOr("standard")).isEqualTo("standard");
    }

    private static Assistant assistant(String model) {
        return new Assistant(
                AssistantId.random(),
                "v1",
                "A",
                "",
                "",
                model,
                List.of(),
                "{}",
                BusyPolicy.ENQUEUE,
                Instant.EPOCH);
    }
}
