package org.assistantservice.plugin;

import static java.util.stream.Collectors.joining;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.path.NodePath;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assistantservice.dispatch.ActionLimits;
import org.assistantservice.dispatch.ArgumentCheck;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Checks arguments against the schema of one signature, compiled once. Runs no code of the author
/// and fetches nothing. Thread-safe.
final class ArgumentSchema {
    private static final int MAX_WORD = 64;

    /// A number such as `1e999999999` is short to write and endless to compute with.
    private static final int MAX_EXPONENT = 1_000;

    private static final String FAR_NUMBER =
            "the exponent of a number must be from -%d to %d".formatted(MAX_EXPONENT, MAX_EXPONENT);

    private final JsonMapper json;
    private final ObjectNode rules;
    private final Schema schema;

    /// @param check what [Schemas#forCheck] made
    ArgumentSchema(ObjectNode check, ActionLimits limits) {
        this.json = PackJson.mapper(limits);
        this.rules = check;
        this.schema = registry().getSchema(check);
    }

    ArgumentCheck check(String argumentsJson) {
        String text = argumentsJson.isBlank() ? "{}" : argumentsJson;
        JsonNode arguments;
        try {
            arguments = json.readTree(text);
        } catch (JacksonException e) {
            return new ArgumentCheck.NotJson(reason(e));
        } catch (NumberFormatException e) {
            return new ArgumentCheck.Invalid(FAR_NUMBER);
        }
        if (!arguments.isObject()) {
            return new ArgumentCheck.Invalid(
                    "the arguments must be an object but are of type " + kind(arguments));
        }
        Optional<String> farNumber = farNumber(arguments, "");
        if (farNumber.isPresent()) {
            return new ArgumentCheck.Invalid(farNumber.get());
        }
        List<Error> errors = schema.validate(arguments);
        if (errors.isEmpty()) {
            return new ArgumentCheck.Valid(text);
        }
        List<String> missing =
                errors.stream()
                        .filter(error -> isRequired(error) && isRoot(error))
                        .map(Error::getProperty)
                        .toList();
        return missing.isEmpty()
                ? new ArgumentCheck.Invalid(reason(errors))
                : new ArgumentCheck.Missing(missing);
    }

    /// The first number whose exponent is too large, as a reason.
    private static Optional<String> farNumber(JsonNode node, String place) {
        if (node.isBigDecimal()) {
            BigDecimal number = node.decimalValue();
            long exponent = (long) number.precision() - number.scale() - 1;
            return Math.abs(exponent) <= MAX_EXPONENT
                    ? Optional.empty()
                    : Optional.of(place + ": " + FAR_NUMBER);
        }
        return Stream.concat(
                        node.propertyStream()
                                .map(it -> farNumber(it.getValue(), inside(place, it.getKey()))),
                        IntStream.range(0, node.isArray() ? node.size() : 0)
                                .mapToObj(i -> farNumber(node.get(i), place + "[" + i + "]")))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String inside(String place, String name) {
        return place.isEmpty() ? word(name) : place + "." + word(name);
    }

    /// The errors of the forms of a sealed type come one after another; the ones of the form that
    /// was meant are those of a form whose discriminator fits.
    private String reason(List<Error> errors) {
        return errors.stream()
                .filter(error -> !ofOtherForm(error, errors))
                .findFirst()
                .map(ArgumentSchema::reason)
                .orElseGet(() -> noForm(errors));
    }

    private static boolean ofOtherForm(Error error, List<Error> errors) {
        String form = formOf(error);
        return !form.isEmpty()
                && errors.stream().anyMatch(it -> isWrongForm(it) && formOf(it).equals(form));
    }

    private static boolean isWrongForm(Error error) {
        return error.getKeyword().equals("const")
                || (error.getKeyword().equals("required")
                        && PackJson.DISCRIMINATOR.equals(error.getProperty()))
                || (error.getKeyword().equals("type")
                        && !formOf(error).isEmpty()
                        && error.getEvaluationPath().toString().matches(".*/anyOf/\\d+/type"));
    }

    /// The place in the schema of the last form on the way to this error, e.g. `…/anyOf/1`.
    private static String formOf(Error error) {
        String path = error.getEvaluationPath().toString();
        int anyOf = path.lastIndexOf("/anyOf/");
        if (anyOf < 0) {
            return "";
        }
        int end = path.indexOf('/', anyOf + "/anyOf/".length());
        return end < 0 ? path : path.substring(0, end);
    }

    private String noForm(List<Error> errors) {
        Error first = errors.getFirst();
        String form = formOf(first);
        JsonNode forms = rules.at(form.substring(0, form.lastIndexOf('/')));
        String place = path(first.getInstanceLocation()).replaceFirst("\\.type$", "");
        return "%s: must be an object whose '%s' is one of %s"
                .formatted(
                        place,
                        PackJson.DISCRIMINATOR,
                        list(forms.valueStream().map(ArgumentSchema::discriminator)));
    }

    private static JsonNode discriminator(JsonNode form) {
        return form.path("properties").path(PackJson.DISCRIMINATOR).path("const");
    }

    private static String reason(Error error) {
        String place = path(error.getInstanceLocation());
        String where = place.isEmpty() ? "" : place + ": ";
        JsonNode rule = error.getSchemaNode();
        JsonNode found = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "required" -> where + "'" + error.getProperty() + "' is missing";
            case "additionalProperties" ->
                    where + "unexpected argument '" + word(error.getProperty()) + "'";
            case "type" -> where + "must be " + kinds(rule) + " but is " + kind(found);
            case "enum" -> where + "must be one of " + list(rule.valueStream());
            case "minimum" -> where + "must be at least " + rule;
            case "maximum" -> where + "must be at most " + rule;
            case "minLength", "maxLength" -> where + "must be one character";
            case "uniqueItems" -> where + "has an item twice";
            case "format" -> where + "must have the form " + example(rule);
            default -> where + "does not fit its schema";
        };
    }

    private static String example(JsonNode format) {
        return JavaFormat.named(format.asString("")).map(JavaFormat::example).orElse("?");
    }

    private static String list(Stream<JsonNode> constants) {
        return constants.filter(JsonNode::isString).map(JsonNode::asString).collect(joining(", "));
    }

    private static String kinds(JsonNode types) {
        return types.isString()
                ? types.asString()
                : types.valueStream().map(JsonNode::asString).collect(joining(" or "));
    }

    private static String kind(JsonNode node) {
        return node.isIntegralNumber()
                ? "integer"
                : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /// `range.from`, `items[2].id`; empty for the arguments themselves.
    private static String path(NodePath place) {
        return IntStream.range(0, place.getNameCount())
                .mapToObj(place::getElement)
                .map(step -> step instanceof Integer ? "[" + step + "]" : "." + word("" + step))
                .collect(joining())
                .replaceFirst("^\\.", "");
    }

    private static String word(String text) {
        return text.length() <= MAX_WORD ? text : text.substring(0, MAX_WORD) + "…";
    }

    private static boolean isRequired(Error error) {
        return error.getKeyword().equals("required");
    }

    private static boolean isRoot(Error error) {
        return error.getInstanceLocation().getNameCount() == 0;
    }

    private static String reason(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return "nested too deep, or a number or text is too long";
        }
        String at =
                e.getLocation() == null
                        ? ""
                        : " at line %d, column %d"
                                .formatted(
                                        e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        if (e instanceof UnexpectedEndOfInputException) {
            return "unexpected end" + at;
        }
        return (e.getOriginalMessage().startsWith("Duplicate") ? "a name twice" : "malformed") + at;
    }

    private static SchemaRegistry registry() {
        Dialect dialect =
                Dialect.builder(Dialects.getDraft202012())
                        .formats(Arrays.stream(JavaFormat.values()).map(JavaForm::new).toList())
                        .build();
        return SchemaRegistry.withDialect(
                dialect,
                builder ->
                        builder.schemaCacheEnabled(false)
                                .schemaLoader(loader -> loader.fetchRemoteResources(false))
                                .schemaRegistryConfig(
                                        SchemaRegistryConfig.builder()
                                                .formatAssertionsEnabled(true)
                                                .build()));
    }

    private record JavaForm(JavaFormat format) implements Format {
        @Override
        public String getName() {
            return format.formatName();
        }

        @Override
        public boolean matches(ExecutionContext context, String text) {
            return format.matches(text);
        }
    }
}
