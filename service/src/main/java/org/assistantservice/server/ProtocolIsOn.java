package org.assistantservice.server;

import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;
import io.micronaut.core.type.Argument;
import java.util.List;

/// Holds while the protocol that [OfProtocol] names is switched on. Public because the classes that
/// the framework generates for the rooms of the protocols name it.
public final class ProtocolIsOn implements Condition {
    private static final String SETTING = "assistant-service.protocols";

    @Override
    public boolean matches(ConditionContext context) {
        String protocol =
                context.getComponent()
                        .getAnnotationMetadata()
                        .stringValue(OfProtocol.class)
                        .orElseThrow(() -> new IllegalStateException("No protocol is named"));
        List<String> named =
                context
                        .getProperty(SETTING, Argument.listOf(String.class))
                        .orElse(List.of())
                        .stream()
                        .map(String::strip)
                        .filter(it -> !it.isEmpty())
                        .toList();
        return named.isEmpty() || named.contains(protocol);
    }
}
