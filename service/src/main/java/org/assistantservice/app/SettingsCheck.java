package org.assistantservice.app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Checks every setting of ours by its full name (`assistant-service.…`) before anything starts, so
/// that all that is wrong is said at once. The framework would take the default for what it cannot
/// read, and find numbers out of bounds one by one, when the port is open already.
final class SettingsCheck {
    private static final String OURS = "org.assistantservice.";
    private static final String PROTOCOLS = OURS + "protocol.";

    /// Times for which 0 means something; any other must be longer.
    private static final Set<String> MAY_BE_ZERO =
            Set.of(
                    "assistant-service.rehearsal.limit",
                    "assistant-service.model.offline.word-pace",
                    "assistant-service.run.restart-grace",
                    "assistant-service.model.resilience.backoff-min",
                    "assistant-service.model.resilience.max-retry-after");

    private final ApplicationContext context;
    private final List<String> problems = new ArrayList<>();

    private SettingsCheck(ApplicationContext context) {
        this.context = context;
    }

    /// Every problem, or an empty list. Makes no bean.
    static List<String> problems(ApplicationContext context) {
        var check = new SettingsCheck(context);
        context.getBeanDefinitions(Qualifiers.byStereotype(ConfigurationProperties.class)).stream()
                .filter(definition -> check.isUsed(definition.getBeanType().getName()))
                .map(BeanDefinition::getConstructor)
                .forEach(constructor -> check.all(constructor.getArguments()));
        return List.copyOf(check.problems);
    }

    /// Settings of a protocol that is off do not matter.
    private boolean isUsed(String type) {
        if (!type.startsWith(PROTOCOLS)) {
            return type.startsWith(OURS);
        }
        String room = type.substring(PROTOCOLS.length(), type.indexOf('.', PROTOCOLS.length()));
        return context.getProperty("assistant-service.protocols", String[].class)
                .map(on -> Stream.of(on).map(String::strip).anyMatch(room::equals))
                .orElse(true);
    }

    private void all(Argument<?>[] arguments) {
        for (Argument<?> argument : arguments) {
            argument.getAnnotationMetadata()
                    .stringValue(Property.class, "name")
                    .ifPresent(name -> setting(name, argument));
        }
    }

    private void setting(String name, Argument<?> argument) {
        String given = context.getProperty(name, String.class).orElse("");
        if (given.isEmpty()) {
            return;
        }
        Object value = context.getProperty(name, argument).orElse(null);
        switch (value) {
            case null -> wrong(name, kind(argument.getType()), given);
            case Duration time -> time(name, time, given);
            case Number number -> bounds(name, argument, number.longValue());
            default -> {
                // Texts and lists are checked by those who know what they mean.
            }
        }
    }

    private void time(String name, Duration time, String given) {
        boolean isLongEnough = time.isPositive() || (time.isZero() && MAY_BE_ZERO.contains(name));
        if (!isLongEnough) {
            String least = MAY_BE_ZERO.contains(name) ? "0s or more" : "more than 0s";
            wrong(name, least, given);
        }
    }

    private void bounds(String name, Argument<?> argument, long value) {
        var constraints = argument.getAnnotationMetadata();
        OptionalLong least = least(constraints);
        if (least.isPresent() && value < least.getAsLong()) {
            wrong(name, "at least " + least.getAsLong(), Long.toString(value));
        }
        OptionalLong most = constraints.longValue(Max.class, "value");
        if (most.isPresent() && value > most.getAsLong()) {
            wrong(name, "at most " + most.getAsLong(), Long.toString(value));
        }
    }

    private static OptionalLong least(AnnotationMetadata constraints) {
        if (constraints.hasAnnotation(Positive.class)) {
            return OptionalLong.of(1);
        }
        return constraints.hasAnnotation(PositiveOrZero.class)
                ? OptionalLong.of(0)
                : constraints.longValue(Min.class, "value");
    }

    private static String kind(Class<?> type) {
        if (type == Duration.class) {
            return "a time such as 500ms, 10s or 5m";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        long most = type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
        return "a whole number of at most " + most;
    }

    private void wrong(String name, String rule, String given) {
        problems.add(
                "%s must be %s but is '%s'".formatted(name, rule, EnvironmentCheck.shown(given)));
    }
}
