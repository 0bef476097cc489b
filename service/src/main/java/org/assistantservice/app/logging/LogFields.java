package org.assistantservice.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.logstash.logback.argument.StructuredArgument;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// What both formats say of a log event.
final class LogFields {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = new JsonMapper();

    private LogFields() {}

    static String time(ILoggingEvent event) {
        return TIME.format(Instant.ofEpochMilli(event.getTimeStamp()));
    }

    /// In the words of `LOGGING_LEVEL`.
    static String level(ILoggingEvent event) {
        return event.getLevel() == Level.WARN ? "WARNING" : event.getLevel().toString();
    }

    /// Everything with a name, each name once: the logging context, then key-value pairs, then
    /// structured arguments; a later value wins. Values are texts, numbers, booleans and JSON.
    static Map<String, Object> named(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>(event.getMDCPropertyMap());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> fields.put(pair.key, value(pair.value)));
        }
        Object[] arguments = event.getArgumentArray();
        if (arguments != null) {
            for (Object argument : arguments) {
                if (argument instanceof StructuredArgument structured) {
                    fields.putAll(members(structured));
                }
            }
        }
        return fields;
    }

    private static Object value(Object value) {
        return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }

    private static Map<String, Object> members(StructuredArgument argument) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            argument.writeTo(json);
            json.writeEndObject();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        JSON.readTree(text.toString())
                .forEachEntry((name, member) ->
                        members.put(name, member.isString() ? member.stringValue() : member));
        return members;
    }
}
