package org.assistantservice.model.openai;

import java.io.StringWriter;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.assistantservice.model.ToolSpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.json.JsonMapper;

/// The `tools` block of requests, encoded once per list of functions and kept as long as that very
/// list lives. Thread-safe.
final class EncodedTools {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OpenAiDialect dialect;
    private final ConcurrentMap<Key, SerializableString> blocks = new ConcurrentHashMap<>();
    private final ReferenceQueue<List<ToolSpec>> gone = new ReferenceQueue<>();

    EncodedTools(OpenAiDialect dialect) {
        this.dialect = dialect;
    }

    /// The JSON array of `tools`, whose bytes are encoded already.
    SerializableString block(List<ToolSpec> tools) {
        for (var key = gone.poll(); key != null; key = gone.poll()) {
            blocks.remove(key);
        }
        return blocks.computeIfAbsent(new Key(tools, gone), key -> encode(tools));
    }

    int size() {
        return blocks.size();
    }

    private SerializableString encode(List<ToolSpec> tools) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (ToolSpec tool : tools) {
                write(json, tool);
            }
            json.writeEndArray();
        }
        SerializedString block = new SerializedString(out.toString());
        // Encodes now, while a single thread looks at it.
        block.asUnquotedUTF8();
        return block;
    }

    private void write(JsonGenerator json, ToolSpec tool) {
        json.writeStartObject();
        json.writeStringProperty("type", "function");
        json.writeObjectPropertyStart("function");
        json.writeStringProperty("name", tool.name());
        json.writeStringProperty("description", tool.description());
        json.writeName("parameters");
        json.writeRawValue(tool.parametersJson());
        if (tool.strict() && dialect.sendStrict()) {
            json.writeBooleanProperty("strict", true);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /// Names a list by its identity without keeping it alive.
    private static final class Key extends WeakReference<List<ToolSpec>> {
        private final int hash;

        Key(List<ToolSpec> tools, ReferenceQueue<List<ToolSpec>> gone) {
            super(tools, gone);
            hash = System.identityHashCode(tools);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            List<ToolSpec> own = get();
            return own != null && other instanceof Key key && key.refersTo(own);
        }
    }
}
