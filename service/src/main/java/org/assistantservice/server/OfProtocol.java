package org.assistantservice.server;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/// Part of one wire protocol, there only while the protocol is switched on: while
/// `assistant-service.protocols` names it, or names nothing at all. Stands on every controller,
/// socket and filter of the protocol's room, so that the paths of one that is off answer 404 and
/// are not in the OpenAPI document, and on its form of errors, its chores and its paths for pages.
@Documented
@Retention(RUNTIME)
@Target(TYPE)
@Requires(condition = ProtocolIsOn.class)
public @interface OfProtocol {
    /// The protocol's name in `PROTOCOLS`, e.g. `chat`.
    String value();
}
