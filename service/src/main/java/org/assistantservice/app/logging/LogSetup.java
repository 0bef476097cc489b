package org.assistantservice.app.logging;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.stream.Stream;
import net.logstash.logback.composite.loggingevent.LoggingEventJsonProviders;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/// Sets Logback up from the environment; system properties of the same names win over it. Logback
/// finds this class as a service, before the first line is logged. A `logback.xml` on the class
/// path or named by `logback.configurationFile` is used instead.
public final class LogSetup extends ContextAwareBase implements Configurator {
    /// Libraries log headers and bodies at DEBUG, so they stay at INFO.
    private static final List<String> LIBRARIES =
            List.of(
                    "ch", "com", "dev", "io", "jakarta", "java", "javax", "jdk", "net", "org",
                    "reactor", "sun", "tools");

    private static final String OURS = "org.assistantservice";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (hasFile()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        apply(LogSettings.from(name -> System.getProperty(name, System.getenv(name))), context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean hasFile() {
        return System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null
                || Stream.of("/logback-test.xml", "/logback.xml")
                        .anyMatch(file -> LogSetup.class.getResource(file) != null);
    }

    private static void apply(LogSettings settings, LoggerContext context) {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName("console");
        console.setTarget(settings.target().getName());
        console.setEncoder(encoder(settings, context));
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(settings.level());
        root.addAppender(console);
        if (Level.INFO.isGreaterOrEqual(settings.level())) {
            LIBRARIES.forEach(library -> context.getLogger(library).setLevel(Level.INFO));
            context.getLogger(OURS).setLevel(settings.level());
        }
    }

    /// Lets only warnings and errors through, of this thread and of all that it and those start,
    /// virtual ones too, until the result is closed by this thread.
    public static Quiet onlyWarnings() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var filter = new OnlyWarnings();
        filter.isQuiet.set(true);
        context.addTurboFilter(filter);
        return () -> {
            context.getTurboFilterList().remove(filter);
            filter.isQuiet.remove();
        };
    }

    /// Ends the silence.
    @FunctionalInterface
    public interface Quiet extends AutoCloseable {
        @Override
        void close();
    }

    private static final class OnlyWarnings extends TurboFilter {
        private final InheritableThreadLocal<Boolean> isQuiet = new InheritableThreadLocal<>();

        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                ch.qos.logback.classic.Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] values,
                @Nullable Throwable thrown) {
            boolean isHeard = level.isGreaterOrEqual(Level.WARN) || isQuiet.get() == null;
            return isHeard ? FilterReply.NEUTRAL : FilterReply.DENY;
        }
    }

    static Encoder<ILoggingEvent> encoder(LogSettings settings, LoggerContext context) {
        Encoder<ILoggingEvent> encoder =
                settings.isJson() ? json(settings.stream()) : new KeyValueEncoder();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(String stream) {
        var providers = new LoggingEventJsonProviders();
        providers.addProvider(new LogLineJson(stream));
        var encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setProviders(providers);
        encoder.setFindAndRegisterJacksonModules(false);
        encoder.setLineSeparator("\n");
        return encoder;
    }
}
