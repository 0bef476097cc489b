package org.assistantservice.plugin;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.Param;

/// Finds the mistakes in one annotated method. Each is one sentence: rule, value found, remedy,
/// place.
///
/// @param problems where they go
/// @param place where the method stands, e.g. `Orders.find (orders.jar)`
record MethodRules(List<String> problems, String place) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern UNNAMED = Pattern.compile("arg\\d+");
    private static final int MAX_PARAMETERS = 32;
    private static final int MAX_DESCRIPTION = 1_024;
    private static final int MAX_NOTICE = 200;

    void check(Method method, Action action) {
        checkAnnotation(action);
        checkSignature(method);
        checkResult(method);
        checkParameters(method);
    }

    private void checkAnnotation(Action action) {
        if (!NAME.matcher(action.name()).matches()) {
            add(
                    "An action's name must be 1 to 64 characters of [A-Za-z0-9_-] but is '%s'."
                            + " Rename it",
                    action.name());
        }
        checkDescription(action);
        if (action.notice().length() > MAX_NOTICE) {
            add(
                    "Action '%s' has a notice of %d characters; %d are allowed. Shorten it",
                    action.name(), action.notice().length(), MAX_NOTICE);
        }
        if (ActionTimeout.parse(action.timeout()).isEmpty()) {
            add(
                    "Action '%s' must have a timeout like 500ms, 30s, 2m or PT30S but it is '%s'."
                            + " Correct it",
                    action.name(), action.timeout());
        }
    }

    private void checkDescription(Action action) {
        if (action.description().isBlank()) {
            add(
                    "Action '%s' has a blank description: the model cannot know when to call it."
                            + " Describe it",
                    action.name());
        }
        if (action.description().length() > MAX_DESCRIPTION) {
            add(
                    "Action '%s' has a description of %d characters; %d are allowed. Shorten it",
                    action.name(), action.description().length(), MAX_DESCRIPTION);
        }
    }

    private void checkSignature(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            add("An action is an instance method but this one is static. Remove 'static'");
        }
        if (!Modifier.isPublic(method.getModifiers())) {
            add("An action must be public but this one is not. Add 'public'");
        }
        if (method.isVarArgs()) {
            add(
                    "An action has a fixed number of parameters but this one takes varargs. Use a"
                            + " List");
        }
        if (method.getTypeParameters().length > 0) {
            add(
                    "An action has no type parameters but this one has <%s>. Use real types",
                    method.getTypeParameters()[0].getName());
        }
    }

    private void checkResult(Method method) {
        Class<?> type = method.getReturnType();
        if (Future.class.isAssignableFrom(type)
                || CompletionStage.class.isAssignableFrom(type)
                || Flow.Publisher.class.isAssignableFrom(type)
                || isReactive(type)) {
            add(
                    "An action returns its result itself but this one returns a %s. Wait for the"
                            + " result and return it",
                    type.getSimpleName());
        }
    }

    /// By name: each pack may have its own copy of the interface.
    private static boolean isReactive(Class<?> type) {
        return type.getName().equals("org.reactivestreams.Publisher")
                || Arrays.stream(type.getInterfaces()).anyMatch(MethodRules::isReactive)
                || (type.getSuperclass() != null && isReactive(type.getSuperclass()));
    }

    private void checkParameters(Method method) {
        List<Parameter> arguments =
                Arrays.stream(method.getParameters())
                        .filter(parameter -> parameter.getType() != ActionContext.class)
                        .toList();
        if (method.getParameterCount() - arguments.size() > 1) {
            add("An action takes one ActionContext at most but this one takes more. Remove one");
        }
        if (arguments.size() > MAX_PARAMETERS) {
            add(
                    "An action takes %d arguments at most but this one takes %d. Use a record",
                    MAX_PARAMETERS, arguments.size());
        }
        Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.getType() == ActionContext.class)
                .filter(parameter -> parameter.isAnnotationPresent(Param.class))
                .forEach(parameter ->
                        add(
                                "Parameter '%s' is an ActionContext, which the model does"
                                        + " not pass. Remove its @Param",
                                parameter.getName()));
        if (hasNames(arguments) && method.getTypeParameters().length == 0) {
            arguments.forEach(this::checkArgument);
        }
    }

    private boolean hasNames(List<Parameter> arguments) {
        List<String> unnamed =
                arguments.stream()
                        .filter(parameter -> !parameter.isNamePresent())
                        .map(Parameter::getName)
                        .filter(name -> UNNAMED.matcher(name).matches())
                        .toList();
        if (!unnamed.isEmpty()) {
            add(
                    "Parameter '%s' has lost its name. Compile with the javac option -parameters",
                    unnamed.getFirst());
        }
        return unnamed.isEmpty();
    }

    private void checkArgument(Parameter parameter) {
        TypeRules types = new TypeRules(problems, place);
        String what = "Parameter '%s'".formatted(parameter.getName());
        Param param = parameter.getAnnotation(Param.class);
        if (param == null) {
            add("%s has no @Param: the model cannot know what to pass. Add @Param(\"…\")", what);
        } else {
            types.checkDescription(param.value(), what);
        }
        types.checkPresence(Optionality.isRequired(parameter), parameter.getType(), what);
        types.check(parameter.getParameterizedType(), what);
    }

    @SuppressWarnings("AnnotateFormatMethod") // a test asserts each sentence
    private void add(String sentence, Object... values) {
        problems.add(sentence.formatted(values) + " at " + place + ".");
    }
}
