package org.assistantservice.app.logging;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.BeanConfiguration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Logs in every way there is; with an argument, it starts the framework before that.
final class LoggingProgram {
    private LoggingProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        StrayLogs.capture();
        if (arguments.length > 0) {
            startFramework();
        }
        Logger main = LoggerFactory.getLogger("MAIN");
        MDC.put("correlation_id", "12345678-ab");
        main.info("first\nsecond");
        LoggerFactory.getLogger("org.assistantservice.Example").debug("detail");
        LoggerFactory.getLogger("io.example").debug("library detail");
        main.warn("failed", new IllegalStateException("why"));
        MDC.clear();
        java.util.logging.Logger.getLogger("com.example").warning("from elsewhere");
        Thread doomed =
                new Thread(
                        () -> {
                            throw new IllegalArgumentException("end");
                        },
                        "doomed");
        doomed.start();
        doomed.join();
    }

    private static void startFramework() {
        ApplicationContext.builder()
                .properties(
                        Map.of(
                                "micronaut.server.port",
                                -1,
                                "micronaut.lifecycle.graceful-shutdown.enabled",
                                false))
                .beanConfigurations(BeanConfiguration.disabled("org.assistantservice"))
                .start()
                .close();
    }
}
