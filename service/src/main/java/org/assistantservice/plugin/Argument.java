package org.assistantservice.plugin;

import java.lang.reflect.Parameter;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.dispatch.ActionFailedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// One parameter of an action's method: where its value comes from.
sealed interface Argument {
    static Argument of(Parameter parameter, JsonMapper mapper) {
        return parameter.getType() == ActionContext.class
                ? new FromContext()
                : new FromJson(
                        parameter.getName(),
                        TypeNames.of(parameter.getParameterizedType()),
                        mapper.readerFor(mapper.constructType(parameter.getParameterizedType())),
                        absent(parameter.getType()));
    }

    /// The value to pass.
    ///
    /// @param arguments the checked arguments object
    @Nullable Object value(JsonNode arguments, ActionContext context) throws ActionFailedException;

    private static @Nullable Object absent(Class<?> type) {
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == OptionalInt.class) {
            return OptionalInt.empty();
        }
        if (type == OptionalLong.class) {
            return OptionalLong.empty();
        }
        return type == OptionalDouble.class ? OptionalDouble.empty() : null;
    }

    record FromContext() implements Argument {
        @Override
        public Object value(JsonNode arguments, ActionContext context) {
            return context;
        }
    }

    /// A value that the model passes.
    ///
    /// @param absent the value if there is none in the JSON
    record FromJson(String name, String type, ObjectReader reader, @Nullable Object absent)
            implements Argument {
        /// Runs constructors of the author's records.
        @Override
        public @Nullable Object value(JsonNode arguments, ActionContext context)
                throws ActionFailedException {
            JsonNode value = arguments.get(name);
            if (value == null || value.isNull()) {
                return absent;
            }
            try {
                return reader.readValue(value);
            } catch (JacksonException e) {
                throw failure(e);
            }
        }

        private ActionFailedException failure(JacksonException e) {
            Throwable cause = e.getCause();
            return cause == null || cause instanceof JacksonException
                    ? new ActionFailedException(
                            "argument '%s' cannot be read as %s".formatted(name, type))
                    : ActionFailedException.from(cause);
        }
    }
}
