package org.assistantservice.scripts.chat;

/// How answers travel.
enum Transport {
    /// Request and response.
    JSON,
    /// Server-sent events.
    SSE,
    /// One WebSocket for the whole conversation.
    WS
}
