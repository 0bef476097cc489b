package org.assistantservice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {
    @Test
    void listsMayBeWrittenWithCommas() {
        ServerSettings settings = settings("alice:k-1, bob:k-2", "", "carol:k-3");

        assertThat(settings.apiKeys()).containsExactly("alice:k-1", "bob:k-2", "carol:k-3");
        assertThat(settings.trustedProxies()).isEmpty();
    }

    @Test
    void keysAreNeverPrinted() {
        assertThat(settings("alice:k-1").toString()).doesNotContain("k-1");
    }

    @Test
    void aKeyWithoutANameIsRefusedWithoutShowingIt() {
        for (String bad : List.of("k-1", ":k-1", "alice:")) {
            assertThatThrownBy(() -> new ApiKeys(settings(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "assistant-service.server.api-keys: every entry must be <name>:<key>");
        }
    }

    private static ServerSettings settings(String... keys) {
        return new ServerSettings(null, null, List.of(keys), 5000, 1000, Duration.ofSeconds(1));
    }
}
