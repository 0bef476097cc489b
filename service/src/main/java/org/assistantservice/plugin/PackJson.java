package org.assistantservice.plugin;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assistantservice.dispatch.ActionLimits;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/// Makes the mapper of one pack version, which knows the pack's classes and must be let go with it.
final class PackJson {
    /// Tells the forms of a sealed interface apart, e.g. `{"type":"bank_transfer",…}`.
    static final String DISCRIMINATOR = "type";

    private static final int MAX_NUMBER_LENGTH = 1_000;

    private PackJson() {}

    static JsonMapper mapper(ActionLimits limits) {
        return JsonMapper.builder(strictFactory(limits))
                .annotationIntrospector(new SealedForms())
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build();
    }

    private static JsonFactory strictFactory(ActionLimits limits) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(limits.maxDepth())
                                .maxNumberLength(MAX_NUMBER_LENGTH)
                                .maxStringLength(limits.maxArgumentBytes())
                                .maxNameLength(limits.maxArgumentBytes())
                                .build())
                .streamWriteConstraints(
                        StreamWriteConstraints.builder().maxNestingDepth(limits.maxDepth()).build())
                .build();
    }

    /// The records behind a sealed interface, through sealed interfaces below it too.
    static List<Class<?>> formsOf(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(form -> form.isSealed() ? formsOf(form).stream() : Stream.of(form))
                .<Class<?>>map(form -> form)
                .distinct()
                .toList();
    }

    static boolean isSealedInterface(Class<?> type) {
        return type.isSealed() && Modifier.isInterface(type.getModifiers());
    }

    /// `BankTransfer` is `bank_transfer`.
    static String formName(Class<?> form) {
        return form.getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    /// Sealed interfaces are told apart by name, whatever annotations say: no class is ever chosen
    /// by a name that comes from outside.
    private static final class SealedForms extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
                MapperConfig<?> config, Annotated annotated) {
            return isSealedInterface(annotated.getRawType())
                    ? JsonTypeInfo.Value.construct(
                            JsonTypeInfo.Id.NAME,
                            JsonTypeInfo.As.PROPERTY,
                            DISCRIMINATOR,
                            null,
                            false,
                            null)
                    : null;
        }

        @Override
        public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
            return isSealedInterface(annotated.getRawType())
                    ? formsOf(annotated.getRawType()).stream()
                            .map(form -> new NamedType(form, formName(form)))
                            .toList()
                    : null;
        }
    }
}
