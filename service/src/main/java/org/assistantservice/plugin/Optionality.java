package org.assistantservice.plugin;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.assistantservice.actions.Param;

/// Which arguments may be left out: those that say so, those whose type is nullable, and the
/// `Optional` types.
final class Optionality {
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private Optionality() {}

    static boolean isRequired(Parameter parameter) {
        return isRequired(parameter, parameter.getAnnotatedType(), parameter.getType());
    }

    static boolean isRequired(RecordComponent component) {
        return isRequired(component, component.getAnnotatedType(), component.getType());
    }

    static boolean isOptionalType(Type type) {
        return type instanceof Class<?> raw && OPTIONALS.contains(raw);
    }

    private static boolean isRequired(
            AnnotatedElement element, AnnotatedType annotated, Class<?> type) {
        Param param = element.getAnnotation(Param.class);
        return (param == null || param.required())
                && !isOptionalType(type)
                && !isNullable(element.getAnnotations())
                && !isNullable(annotated.getAnnotations());
    }

    /// By its simple name: any library's annotation will do.
    private static boolean isNullable(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .anyMatch(it -> it.annotationType().getSimpleName().equals("Nullable"));
    }
}
