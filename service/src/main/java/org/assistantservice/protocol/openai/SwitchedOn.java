package org.assistantservice.protocol.openai;

import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;
import io.micronaut.core.type.Argument;
import java.util.List;

/// Holds while `assistant-service.protocols` names `openai`, or names nothing at all.
final class SwitchedOn implements Condition {
    @Override
    public boolean matches(ConditionContext context) {
        return context.getProperty("assistant-service.protocols", Argument.listOf(String.class))
                .map(SwitchedOn::namesThis)
                .orElse(true);
    }

    private static boolean namesThis(List<String> protocols) {
        return protocols.stream().map(String::strip).anyMatch("openai"::equals);
    }
}
