package org.assistantservice.protocol.jellychat;

import jakarta.inject.Singleton;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.server.ErrorBody;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.server.Problem;
import tools.jackson.databind.json.JsonMapper;

/// Errors of this protocol: `{"error":"…"}`.
@Singleton
@OfProtocol("jellychat")
final class JellyErrorBody implements ErrorBody {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Iterable<String> prefixes() {
        return JellyPaths.ALL;
    }

    @Override
    public String json(Problem problem, CorrelationId correlationId) {
        return JSON.writeValueAsString(JSON.createObjectNode().put("error", problem.message()));
    }
}
