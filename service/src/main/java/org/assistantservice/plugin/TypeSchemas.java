package org.assistantservice.plugin;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.assistantservice.actions.Param;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Describes argument types that [TypeRules] found mappable, as JSON Schema without references: the
/// full truth of the signature, with `required` naming only what must really be there and with a
/// `format` for each [JavaFormat]. Made once for each pack version, since it caches its classes.
///
/// A map is an object with any property names (`additionalProperties` is the schema of its values),
/// which strict function calling cannot say; an action that takes one is not strict.
final class TypeSchemas {
    private static final Map<Class<?>, long[]> RANGES =
            Map.of(
                    byte.class, new long[] {Byte.MIN_VALUE, Byte.MAX_VALUE},
                    short.class, new long[] {Short.MIN_VALUE, Short.MAX_VALUE},
                    int.class, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
                    long.class, new long[] {Long.MIN_VALUE, Long.MAX_VALUE});

    /// The largest number of each.
    private static final Map<Class<?>, Double> REALS =
            Map.of(
                    float.class, (double) Float.MAX_VALUE,
                    Float.class, (double) Float.MAX_VALUE,
                    double.class, Double.MAX_VALUE,
                    Double.class, Double.MAX_VALUE,
                    OptionalDouble.class, Double.MAX_VALUE);

    private final JsonMapper mapper;
    private final SchemaGenerator generator;

    TypeSchemas(JsonMapper mapper) {
        this.mapper = mapper;
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(
                                mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                        .with(
                                Option.INLINE_ALL_SCHEMAS,
                                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                        .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forFields()
                .withDescriptionResolver(TypeSchemas::description)
                .withRequiredCheck(TypeSchemas::isRequired);
        config.forTypesInGeneral()
                .withPropertySorter((_, _) -> 0)
                .withCustomDefinitionProvider(this::definition);
        config.with(
                new JacksonSchemaModule(
                        JacksonOption.SKIP_SUBTYPE_LOOKUP,
                        JacksonOption.IGNORE_TYPE_INFO_TRANSFORM,
                        JacksonOption.IGNORE_PROPERTY_NAMING_STRATEGY));
        this.generator = new SchemaGenerator(config.build());
    }

    /// The schema of one type; the caller may change it.
    ObjectNode of(Type type) {
        ObjectNode schema = generator.generateSchema(type);
        schema.findParents("anyOf")
                .forEach(forms -> ((ObjectNode) forms).remove("additionalProperties"));
        schema.findParents("type").forEach(it -> closeEmpty((ObjectNode) it));
        return schema;
    }

    /// A record without components is an object that must be empty, and strict function calling
    /// wants that said in full.
    private static void closeEmpty(ObjectNode schema) {
        boolean isObject = schema.path("type").asString("").equals("object");
        if (isObject
                && !schema.has("properties")
                && !(schema.get("additionalProperties") instanceof ObjectNode)) {
            schema.putObject("properties");
            schema.putArray("required");
            schema.put("additionalProperties", false);
        }
    }

    private @Nullable CustomDefinition definition(
            ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        ObjectNode schema = scalar(raw).or(() -> composite(type, raw, context)).orElse(null);
        return schema == null
                ? null
                : new CustomDefinition(
                        schema,
                        CustomDefinition.INLINE_DEFINITION,
                        CustomDefinition.INCLUDING_ATTRIBUTES);
    }

    private Optional<ObjectNode> scalar(Class<?> type) {
        ObjectNode node = mapper.createObjectNode();
        Optional<JavaFormat> format = JavaFormat.of(type);
        long[] range = range(type);
        if (format.isPresent()) {
            node.put("type", "string").put("format", format.get().formatName());
        } else if (range != null) {
            node.put("type", "integer").put("minimum", range[0]).put("maximum", range[1]);
        } else if (REALS.containsKey(type)) {
            double most = REALS.get(type);
            node.put("type", "number").put("minimum", -most).put("maximum", most);
        } else if (type == char.class || type == Character.class) {
            node.put("type", "string").put("minLength", 1).put("maxLength", 1);
        } else if (type.isEnum()) {
            node.put("type", "string").set("enum", constants(type));
        }
        return node.isEmpty() ? Optional.empty() : Optional.of(node);
    }

    /// Empty for what the generator can do itself: records, lists and arrays.
    private Optional<ObjectNode> composite(
            ResolvedType type, Class<?> raw, SchemaGenerationContext context) {
        ObjectNode node = mapper.createObjectNode();
        if (raw == Map.class) {
            node.put("type", "object").set("additionalProperties", mapValues(type, context));
        } else if (raw == Set.class) {
            node.put("type", "array").put("uniqueItems", true);
            node.set("items", context.createDefinition(parameter(type, Set.class, 0)));
        } else if (raw == Optional.class) {
            return Optional.of(context.createDefinition(parameter(type, Optional.class, 0)));
        } else if (PackJson.isSealedInterface(raw)) {
            node.set("anyOf", forms(raw, context));
        }
        return node.isEmpty() ? Optional.empty() : Optional.of(node);
    }

    private ObjectNode mapValues(ResolvedType type, SchemaGenerationContext context) {
        ResolvedType values = parameter(type, Map.class, 1);
        return values.getErasedType() == Object.class
                ? mapper.createObjectNode()
                : context.createDefinition(values);
    }

    private ArrayNode forms(Class<?> sealed, SchemaGenerationContext context) {
        ArrayNode forms = mapper.createArrayNode();
        for (Class<?> form : PackJson.formsOf(sealed)) {
            ObjectNode written =
                    context.createStandardDefinition(context.getTypeContext().resolve(form), null);
            forms.add(withDiscriminator(written, PackJson.formName(form)));
        }
        return forms;
    }

    /// The same object with the discriminator as its first property.
    private ObjectNode withDiscriminator(ObjectNode form, String name) {
        ObjectNode properties = mapper.createObjectNode();
        properties.putObject(PackJson.DISCRIMINATOR).put("type", "string").put("const", name);
        ArrayNode required = mapper.createArrayNode().add(PackJson.DISCRIMINATOR);
        if (form.get("properties") instanceof ObjectNode own) {
            properties.setAll(own);
        }
        if (form.get("required") instanceof ArrayNode own) {
            required.addAll(own);
        }
        form.put("type", "object");
        form.set("properties", properties);
        form.set("required", required);
        form.put("additionalProperties", false);
        return form;
    }

    /// The constants as the mapper writes and reads them.
    private ArrayNode constants(Class<?> type) {
        ArrayNode names = mapper.createArrayNode();
        for (Object constant : type.getEnumConstants()) {
            names.add(mapper.convertValue(constant, String.class));
        }
        return names;
    }

    private static long @Nullable [] range(Class<?> type) {
        if (type == OptionalInt.class || type == Integer.class) {
            return RANGES.get(int.class);
        }
        if (type == OptionalLong.class || type == Long.class) {
            return RANGES.get(long.class);
        }
        if (type == Short.class) {
            return RANGES.get(short.class);
        }
        return type == Byte.class ? RANGES.get(byte.class) : RANGES.get(type);
    }

    private static ResolvedType parameter(ResolvedType type, Class<?> of, int index) {
        return type.typeParametersFor(of).get(index);
    }

    private static @Nullable String description(FieldScope field) {
        return component(field)
                .map(component -> component.getAnnotation(Param.class))
                .map(Param::value)
                .orElse(null);
    }

    private static boolean isRequired(FieldScope field) {
        return component(field).map(Optionality::isRequired).orElse(true);
    }

    private static Optional<RecordComponent> component(FieldScope field) {
        RecordComponent[] components =
                field.getDeclaringType().getErasedType().getRecordComponents();
        return components == null
                ? Optional.empty()
                : Arrays.stream(components)
                        .filter(component -> component.getName().equals(field.getDeclaredName()))
                        .findFirst();
    }
}
