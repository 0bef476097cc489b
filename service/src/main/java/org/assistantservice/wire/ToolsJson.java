package org.assistantservice.wire;

import java.util.List;
import org.assistantservice.model.ToolSpec;

/// The `tools` of runs and assistants. Their schemas are JSON text already and are only copied, so
/// that a run can be written many times in a turn.
final class ToolsJson {
    private ToolsJson() {}

    static void field(JsonText json, List<ToolSpec> tools) {
        json.array("tools");
        for (ToolSpec tool : tools) {
            json.object()
                    .field("type", "function")
                    .object("function")
                    .field("name", tool.name())
                    .field("description", tool.description())
                    .jsonField("parameters", tool.parametersJson())
                    .field("strict", tool.strict())
                    .end()
                    .end();
        }
        json.endArray();
    }
}
