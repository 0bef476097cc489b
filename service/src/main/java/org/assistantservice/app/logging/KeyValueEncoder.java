package org.assistantservice.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// `2026-11-20T09:30:00.125Z INFO MAIN message key=value key="two words"`, and the stack trace of
/// an exception in lines of its own. Control characters are escaped, so that nothing logged can
/// begin a line or reach the terminal.
final class KeyValueEncoder extends EncoderBase<ILoggingEvent> {
    private static final Pattern PLAIN = Pattern.compile("[^\\s\"=]+");

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder(LogFields.time(event));
        line.append(' ').append(LogFields.level(event)).append(' ');
        Escapes.append(line, event.getLoggerName());
        line.append(' ');
        Escapes.append(line, String.valueOf(event.getFormattedMessage()));
        LogFields.named(event)
                .forEach((name, value) -> {
                    line.append(' ');
                    Escapes.append(line, name);
                    line.append('=');
                    value(line, value.toString());
                });
        line.append('\n');
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append(StackTraceText.of(thrown));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void value(StringBuilder line, String value) {
        if (PLAIN.matcher(value).matches()) {
            Escapes.append(line, value);
        } else {
            line.append('"');
            Escapes.append(line, value.replace("\\", "\\\\").replace("\"", "\\\""));
            line.append('"');
        }
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
