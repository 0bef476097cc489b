package org.assistantservice.model.offline;

import java.util.List;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.model.ModelMessage;
import org.assistantservice.model.ModelRequest;
import org.assistantservice.model.Sampling;
import org.assistantservice.model.ToolSpec;

/// Requests as the run loop would send them.
final class Requests {
    private Requests() {}

    static ModelRequest of(List<ToolSpec> tools, ModelMessage... messages) {
        return of(Sampling.DEFAULT, tools, messages);
    }

    static ModelRequest of(Sampling sampling, List<ToolSpec> tools, ModelMessage... messages) {
        return new ModelRequest(
                "offline", "", List.of(messages), tools, sampling, new CorrelationId("test-0001"));
    }
}
