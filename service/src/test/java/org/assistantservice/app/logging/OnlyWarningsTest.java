package org.assistantservice.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    void aThreadAndWhatItStartsAreHeardWithWarningsOnlyAndOthersWithAll() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            // Its thread is there before the silence.
            other.submit(OnlyWarningsTest::heard).get();

            try (var _ = LogSetup.onlyWarnings();
                    ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
                    ExecutorService platform = Executors.newSingleThreadExecutor()) {
                assertThat(heard()).isEqualTo("warn");
                assertThat(virtual.submit(OnlyWarningsTest::heard).get()).isEqualTo("warn");
                assertThat(
                                platform.submit(() -> virtual.submit(OnlyWarningsTest::heard).get())
                                        .get())
                        .isEqualTo("warn");
                assertThat(other.submit(OnlyWarningsTest::heard).get()).isEqualTo("info+warn");
            }
        }
    }

    @Test
    void afterTheSilenceAllIsHeardAgain() {
        String silent;

        try (var _ = LogSetup.onlyWarnings()) {
            silent = heard();
        }

        assertThat(List.of(silent, heard())).containsExactly("warn", "info+warn");
    }

    /// What would be logged by this thread.
    private static String heard() {
        return (LOG.isInfoEnabled() ? "info+" : "") + (LOG.isWarnEnabled() ? "warn" : "nothing");
    }
}
