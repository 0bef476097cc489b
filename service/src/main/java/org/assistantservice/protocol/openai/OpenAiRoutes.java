package org.assistantservice.protocol.openai;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.micronaut.context.annotation.Requires;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/// Part of this protocol, there only while the protocol is switched on.
@Retention(RUNTIME)
@Target(TYPE)
@Requires(condition = SwitchedOn.class)
@interface OpenAiRoutes {}
