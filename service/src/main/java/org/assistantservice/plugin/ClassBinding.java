package org.assistantservice.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Param;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionInvoker;
import org.assistantservice.dispatch.ActionLimits;
import org.assistantservice.dispatch.ActionRef;
import tools.jackson.databind.node.ObjectNode;

/// Binds the actions of one class. Used inside the boundary: whatever it throws beside what it says
/// comes from the class.
///
/// @param place of the class, e.g. `Orders (orders.jar)`
record ClassBinding(PackBinding pack, Class<?> type, String place) {
    private static final int MAX_SCHEMA = 65_536;

    /// Loads and initialises the class.
    static ClassBinding of(PackBinding pack, String className, String place)
            throws ClassNotFoundException {
        return new ClassBinding(
                pack, Class.forName(className, true, pack.boundary().loader()), place);
    }

    /// Adds the class's actions to `invokers`, unless it has mistakes.
    ///
    /// @return the mistakes
    /// @throws Exception whatever the class throws
    List<String> bind(List<ScannedAction> actions, List<ActionInvoker> invokers) throws Exception {
        List<String> problems = new ArrayList<>();
        checkClass(problems);
        checkMethodNames(actions, problems);
        List<Found> methods = new ArrayList<>();
        for (ScannedAction action : actions) {
            Found found = find(action);
            new MethodRules(problems, found.place()).check(found.method(), found.action());
            methods.add(found);
        }
        if (problems.isEmpty()) {
            Receivers receivers =
                    new Receivers(constructor().orElseThrow(), pack.pack(), pack.environment());
            pack.receivers().add(receivers);
            receivers.prepare();
            for (Found found : methods) {
                bind(found, receivers, problems).ifPresent(invokers::add);
            }
        }
        return problems;
    }

    private void checkClass(List<String> problems) {
        String name = TypeNames.of(type);
        if (!Modifier.isPublic(type.getModifiers())) {
            problems.add(
                    "An action class must be public but %s is not. Add 'public' at %s."
                            .formatted(name, place));
        } else if (Modifier.isAbstract(type.getModifiers())) {
            problems.add(
                    ("An action class must be a class that can be constructed but %s is %s."
                                    + " Move its actions to a class at %s.")
                            .formatted(
                                    name, type.isInterface() ? "an interface" : "abstract", place));
        } else if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            problems.add(
                    ("An action class that is nested must be static but %s is not."
                                    + " Add 'static' at %s.")
                            .formatted(name, place));
        } else if (constructor().isEmpty()) {
            problems.add(
                    "An action class has a public constructor without parameters or with"
                            + " ActionSettings as its only one but %s has neither. Add one at %s."
                                    .formatted(name, place));
        }
    }

    private Optional<Constructor<?>> constructor() {
        List<Constructor<?>> constructors = Arrays.asList(type.getConstructors());
        return constructors.stream()
                .filter(it ->
                        Arrays.equals(
                                it.getParameterTypes(), new Class<?>[] {ActionSettings.class}))
                .findFirst()
                .or(() ->
                        constructors.stream()
                                .filter(it -> it.getParameterCount() == 0)
                                .findFirst());
    }

    private static void checkMethodNames(List<ScannedAction> actions, List<String> problems) {
        Set<String> names = new HashSet<>();
        for (ScannedAction action : actions) {
            if (!names.add(action.methodName())) {
                problems.add(
                        ("An action's method must not be overloaded with another action but '%s'"
                                        + " is. Rename one at %s.")
                                .formatted(action.methodName(), ActionBinder.placeOf(action)));
            }
        }
    }

    private Found find(ScannedAction action) throws NoSuchMethodException {
        for (Method method : type.getDeclaredMethods()) {
            Action annotation = method.getAnnotation(Action.class);
            if (annotation != null
                    && method.getName().equals(action.methodName())
                    && TypeNames.descriptorOf(method).equals(action.descriptor())) {
                return new Found(method, annotation, ActionBinder.placeOf(action));
            }
        }
        throw new NoSuchMethodException(action.methodName() + action.descriptor());
    }

    private Optional<ActionInvoker> bind(Found found, Receivers receivers, List<String> problems) {
        ObjectNode signature = signature(found.method());
        boolean strict = Schemas.canBeStrict(signature);
        String schema = Schemas.forModel(signature, strict).toString();
        if (schema.length() > MAX_SCHEMA) {
            problems.add(
                    ("An action's schema has %d characters at most but that of '%s' has %d."
                                    + " Take fewer or simpler arguments at %s.")
                            .formatted(
                                    MAX_SCHEMA,
                                    found.action().name(),
                                    schema.length(),
                                    found.place()));
            return Optional.empty();
        }
        ActionLimits limits = pack.environment().limits();
        return Optional.of(
                new MethodInvoker(
                        definition(found.action(), schema, strict),
                        pack.pool(),
                        new ArgumentSchema(Schemas.forCheck(signature), limits),
                        target(found.method(), receivers)));
    }

    private MethodInvoker.Target target(Method method, Receivers receivers) {
        return new MethodInvoker.Target(
                pack.boundary(),
                receivers,
                method,
                Arrays.stream(method.getParameters())
                        .map(parameter -> Argument.of(parameter, pack.mapper()))
                        .toList(),
                new ResultText(pack.mapper(), pack.environment().limits()));
    }

    private ActionDefinition definition(Action action, String schema, boolean strict) {
        return new ActionDefinition(
                new ActionRef(pack.pack(), action.name()),
                action.description(),
                schema,
                strict,
                action.effect(),
                ActionTimeout.parse(action.timeout()).orElseThrow(),
                Notice.of(action.notice(), action.name()));
    }

    /// The arguments object, with the parameters in their order.
    private ObjectNode signature(Method method) {
        ObjectNode schema = pack.mapper().createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (Parameter parameter : method.getParameters()) {
            if (parameter.getType() == ActionContext.class) {
                continue;
            }
            ObjectNode property = pack.schemas().of(parameter.getParameterizedType());
            property.put("description", parameter.getAnnotation(Param.class).value());
            properties.set(parameter.getName(), property);
            if (Optionality.isRequired(parameter)) {
                required.add(parameter.getName());
            }
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private record Found(Method method, Action action, String place) {}
}
