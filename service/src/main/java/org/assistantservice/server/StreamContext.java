package org.assistantservice.server;

import java.time.Duration;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.ThreadId;

/// What a stream must know of the request that opened it.
///
/// @param correlationId of the run, which is that of the request unless it resumes
/// @param client address of the client, for the log
/// @param heartbeat silence after which the connection is kept alive
/// @param longest how long the stream may be open
public record StreamContext(
        Principal principal,
        CorrelationId correlationId,
        ThreadId threadId,
        String client,
        Duration heartbeat,
        Duration longest) {}
