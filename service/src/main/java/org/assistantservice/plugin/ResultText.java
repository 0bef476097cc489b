package org.assistantservice.plugin;

import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.ActionLimits;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

/// Turns what an action returned into text for the model: a string as it is, everything else as
/// JSON. Runs code of the author (accessors, iterators), so it is called inside the boundary;
/// nothing of the result is left afterwards but text.
record ResultText(JsonMapper mapper, ActionLimits limits) {
    String of(@Nullable Object result) throws ActionFailedException {
        return switch (result) {
            case null -> "null";
            case String text -> text;
            case Optional<?> optional -> of(optional.orElse(null));
            case OptionalInt number -> number.isPresent() ? "" + number.getAsInt() : "null";
            case OptionalLong number -> number.isPresent() ? "" + number.getAsLong() : "null";
            case OptionalDouble number -> number.isPresent() ? json(number.getAsDouble()) : "null";
            case Future<?> _, CompletionStage<?> _, Flow.Publisher<?> _ ->
                    throw new ActionFailedException(
                            "the result is a promise; an action returns the value itself");
            default -> json(result);
        };
    }

    private String json(Object value) throws ActionFailedException {
        BoundedText text = new BoundedText(limits.maxResultBytes());
        try {
            mapper.writeValue(text, value);
            return text.toString();
        } catch (JacksonException e) {
            throw failure(text, e);
        }
    }

    private ActionFailedException failure(BoundedText text, JacksonException e) {
        if (text.isFull()) {
            return new ActionFailedException(
                    "the result is larger than %d KiB".formatted(limits.maxResultBytes() / 1_024));
        }
        if (isTooDeep(e)) {
            return new ActionFailedException(
                    "the result is nested deeper than %d levels, or contains itself"
                            .formatted(limits.maxDepth()));
        }
        Throwable cause = e.getCause();
        return cause == null || cause instanceof JacksonException
                ? new ActionFailedException(
                        "the result cannot be written as JSON",
                        new UnwritableResultException(e.getOriginalMessage()))
                : ActionFailedException.from(cause);
    }

    private static boolean isTooDeep(JacksonException e) {
        return e instanceof StreamConstraintsException
                || e.getCause() instanceof StreamConstraintsException
                || e.getOriginalMessage().contains("self-reference");
    }

    /// Why a result is no JSON, for the log.
    private static final class UnwritableResultException extends Exception {
        private static final long serialVersionUID = 1;

        UnwritableResultException(String message) {
            super(message);
        }
    }

    /// Refuses to grow beyond a number of characters, which are at least as many bytes.
    private static final class BoundedText extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final int max;
        private boolean full;

        BoundedText(int max) {
            this.max = max;
        }

        boolean isFull() {
            return full;
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            if (length > max - text.length()) {
                full = true;
                throw new IOException("The result is too large");
            }
            text.append(characters, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
