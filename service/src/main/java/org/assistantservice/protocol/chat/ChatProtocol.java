package org.assistantservice.protocol.chat;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/// Present when this protocol is switched on: `PROTOCOLS` names `chat`. Its routes require it.
@Singleton
@Requires(property = "assistant-service.protocols", pattern = "(.*[,\\s])?chat([,\\s].*)?")
final class ChatProtocol {}
