package org.assistantservice.app.logging;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leads what would go to the console past the log into it: `java.util.logging`, which the Google
/// libraries use, and exceptions that end a thread.
public final class StrayLogs {
    private static final String UNNAMED = "java.util.logging";

    private StrayLogs() {}

    /// To be called once, at the start of the process.
    public static void capture() {
        LogManager.getLogManager().reset();
        java.util.logging.Logger.getLogger("").addHandler(new ToSlf4j());
        Logger log = LoggerFactory.getLogger("MAIN");
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) ->
                log.error("An exception ended the thread {}", thread.getName(), thrown));
    }

    private static final class ToSlf4j extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            String name = line.getLoggerName();
            Logger log = LoggerFactory.getLogger(name == null ? UNNAMED : name);
            String message = formatter.formatMessage(line);
            int level = line.getLevel().intValue();
            if (level >= Level.SEVERE.intValue()) {
                log.error("{}", message, line.getThrown());
            } else if (level >= Level.WARNING.intValue()) {
                log.warn("{}", message, line.getThrown());
            } else if (level >= Level.INFO.intValue()) {
                log.info("{}", message, line.getThrown());
            } else {
                log.debug("{}", message, line.getThrown());
            }
        }

        @Override
        public void flush() {
            // Each line is written at once.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
