package org.assistantservice.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.List;
import java.util.Map;
import net.logstash.logback.composite.AbstractJsonProvider;
import tools.jackson.core.JsonGenerator;

/// The members of a log line in JSON: `timestamp`, `level`, `logger`, `message`, `context`,
/// `stream`, those of [#TOP] that there are, `thread`, and everything else under `extra`.
final class LogLineJson extends AbstractJsonProvider<ILoggingEvent> {
    /// Names from the logging context that have a place of their own.
    private static final List<String> TOP =
            List.of("correlation_id", "trace_id", "trace_flags", "span_id");

    private final String stream;

    LogLineJson(String stream) {
        this.stream = stream;
    }

    @Override
    public void writeTo(JsonGenerator json, ILoggingEvent event) {
        Map<String, Object> fields = LogFields.named(event);
        json.writeStringProperty("timestamp", LogFields.time(event))
                .writeStringProperty("level", LogFields.level(event))
                .writeStringProperty("logger", event.getLoggerName())
                .writeStringProperty("message", event.getFormattedMessage())
                .writeStringProperty("context", "default")
                .writeStringProperty("stream", stream);
        for (String name : TOP) {
            Object value = fields.remove(name);
            if (value != null) {
                json.writeStringProperty(name, value.toString());
            }
        }
        if (!event.getThreadName().isEmpty()) {
            json.writeStringProperty("thread", event.getThreadName());
        }
        extra(json, fields, event.getThrowableProxy());
    }

    private static void extra(
            JsonGenerator json, Map<String, Object> fields, IThrowableProxy thrown) {
        if (thrown != null) {
            fields.put("error_type", thrown.getClassName());
            fields.put("exception", StackTraceText.of(thrown));
        }
        if (!fields.isEmpty()) {
            json.writeObjectPropertyStart("extra");
            fields.forEach(json::writePOJOProperty);
            json.writeEndObject();
        }
    }
}
