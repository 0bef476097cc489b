package org.assistantservice.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OnlyWarningsTest {
    private static final Logger LOG =
            (Logger) LoggerFactory.getLogger("org.assistantservice.quiet");

    @BeforeEach
    void logAsTheServiceDoes() {
        LOG.setLevel(Level.INFO);
    }

    @Test
    void onlyWarningsOfAGroupAreHeardAndAllOfOthers() throws Exception {
        var group = new ThreadGroup("quiet");
        var heard = new Heard();

        try (var _ = LogSetup.onlyWarningsOf(group)) {
            var child = new Thread(heard::look);
            var parent = new Thread(group, () -> runAndWait(heard));
            parent.start();
            parent.join();
            child.start();
            child.join();
        }

        assertThat(heard.text()).isEqualTo("warn info+warn ");
    }

    @Test
    void afterTheSilenceAllIsHeardAgain() {
        var heard = new Heard();

        try (var _ = LogSetup.onlyWarnings()) {
            heard.look();
        }
        heard.look();

        assertThat(heard.text()).isEqualTo("warn info+warn ");
    }

    /// Looks in a thread that the calling one starts, which so is of its group.
    private static void runAndWait(Heard heard) {
        var started = new Thread(heard::look);
        started.start();
        try {
            started.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What would be logged by the threads that looked, one after the other.
    private static final class Heard {
        private final StringBuilder text = new StringBuilder();

        void look() {
            text.append(LOG.isInfoEnabled() ? "info+" : "");
            text.append(LOG.isWarnEnabled() ? "warn " : "nothing ");
        }

        String text() {
            return text.toString();
        }
    }
}
