package org.assistantservice.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionLimitsTest {
    @Test
    void defaultsAreTheStandard() {
        assertThat(bound(Map.of())).isEqualTo(ActionLimits.STANDARD);
    }

    @Test
    void everyLimitCanBeSet() {
        Map<String, Object> settings =
                Map.of(
                        "assistant-service.dispatch.max-argument-bytes", 1,
                        "assistant-service.dispatch.max-result-bytes", 2,
                        "assistant-service.dispatch.max-depth", 3);

        assertThat(bound(settings)).isEqualTo(new ActionLimits(1, 2, 3));
    }

    private static ActionLimits bound(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("micronaut.server.port", -1);
        try (ApplicationContext context = ApplicationContext.run(all)) {
            return context.getBean(ActionLimits.class);
        }
    }
}
