package org.assistantservice.plugin;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assistantservice.actions.Param;

/// Which Java types an argument may have, and what to say of the others.
///
/// @param problems where mistakes go
/// @param place where the parameter stands, e.g. `Orders.find (orders.jar)`
/// @param parts how many types were looked at so far
record TypeRules(List<String> problems, String place, AtomicInteger parts) {
    private static final int MAX_DESCRIPTION = 1_024;
    private static final int MAX_PARTS = 1_000;
    private static final Set<Class<?>> PLAIN =
            Set.of(
                    String.class,
                    Boolean.class,
                    Character.class,
                    Byte.class,
                    Short.class,
                    Integer.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    BigInteger.class,
                    BigDecimal.class);
    private static final Set<Class<?>> LISTS = Set.of(List.class, Set.class, Collection.class);

    TypeRules(List<String> problems, String place) {
        this(problems, place, new AtomicInteger());
    }

    /// Checks the type of a parameter or component, which may be an `Optional`.
    ///
    /// @param what e.g. `Parameter 'from'`
    void check(Type type, String what) {
        checkMember(type, what, List.of());
    }

    private void checkMember(Type type, String what, List<Class<?>> path) {
        boolean optional =
                type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
        if (optional) {
            check(((ParameterizedType) type).getActualTypeArguments()[0], what, path);
        } else if (type == Optional.class || !Optionality.isOptionalType(type)) {
            check(type, what, path);
        }
    }

    private void check(Type type, String what, List<Class<?>> path) {
        int part = parts.incrementAndGet();
        if (part > MAX_PARTS) {
            tooManyParts(part, what);
            return;
        }
        switch (type) {
            case Class<?> raw -> checkClass(raw, what, path);
            case ParameterizedType generic -> checkGeneric(generic, what, path);
            case GenericArrayType array -> check(array.getGenericComponentType(), what, path);
            default -> unmappable(type, what);
        }
    }

    private void checkGeneric(ParameterizedType type, String what, List<Class<?>> path) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Map.class) {
            checkMap(arguments, what, path);
        } else if (type.getRawType() instanceof Class<?> raw && LISTS.contains(raw)) {
            check(arguments[0], what, path);
        } else {
            unmappable(type, what);
        }
    }

    private void checkMap(Type[] arguments, String what, List<Class<?>> path) {
        if (arguments[0] != String.class) {
            add(
                    "%s must be a map with String keys but its keys are %s. Use Map<String, …>",
                    what, TypeNames.of(arguments[0]));
        } else if (arguments[1] != Object.class) {
            check(arguments[1], what, path);
        }
    }

    private void checkClass(Class<?> type, String what, List<Class<?>> path) {
        if (isUndefined(type)) {
            undefined(type, what);
        } else if (path.contains(type)) {
            add(
                    "%s has the recursive type %s, which has no finite schema. Pass ids or a flat"
                            + " list instead",
                    what, TypeNames.of(type));
        } else if (type.isArray() && isItem(type.getComponentType())) {
            check(type.getComponentType(), what, path);
        } else if (type.isEnum()) {
            checkEnum(type, what);
        } else if (type.isRecord()) {
            checkRecord(type, append(path, type));
        } else if (PackJson.isSealedInterface(type)) {
            checkSealed(type, what, append(path, type));
        } else if (!isPlain(type)) {
            unmappable(type, what);
        }
    }

    private static boolean isUndefined(Class<?> type) {
        return type == Object.class
                || type == Map.class
                || type == Optional.class
                || LISTS.contains(type);
    }

    private void undefined(Class<?> type, String what) {
        if (type == Object.class) {
            add(
                    "%s is an Object: the model cannot know what to pass. Use a String, a record or"
                            + " a Map<String, Object>",
                    what);
        } else {
            add(
                    "%s is a raw %s: the model cannot know what is in it. Add type arguments",
                    what, type.getSimpleName());
        }
    }

    private void checkEnum(Class<?> type, String what) {
        if (type.getEnumConstants().length == 0) {
            add(
                    "%s is the enum %s, which has no constants: nothing can be passed. Add one",
                    what, TypeNames.of(type));
        }
    }

    private void checkRecord(Class<?> type, List<Class<?>> path) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (parts.get() > MAX_PARTS) {
                return;
            }
            String what =
                    "Component '%s' of record %s"
                            .formatted(component.getName(), TypeNames.of(type));
            Param param = component.getAnnotation(Param.class);
            if (param != null) {
                checkDescription(param.value(), what);
            }
            checkPresence(Optionality.isRequired(component), component.getType(), what);
            checkMember(component.getGenericType(), what, path);
        }
    }

    private void checkSealed(Class<?> type, String what, List<Class<?>> path) {
        Map<String, Class<?>> formOfName = new HashMap<>();
        for (Class<?> form : PackJson.formsOf(type)) {
            String name = PackJson.formName(form);
            Class<?> other = formOfName.putIfAbsent(name, form);
            if (other != null) {
                add(
                        "%s has the sealed type %s, whose forms are told apart by name, but %s and"
                                + " %s are both '%s'. Rename one",
                        what, TypeNames.of(type), TypeNames.of(other), TypeNames.of(form), name);
            }
            if (!form.isRecord()) {
                add(
                        "%s has the sealed type %s, whose forms must be records, but %s is not."
                                + " Make it a record",
                        what, TypeNames.of(type), TypeNames.of(form));
            } else if (hasDiscriminator(form)) {
                add(
                        "Component '%s' of record %s has the name that tells the forms of %s apart."
                                + " Rename it",
                        PackJson.DISCRIMINATOR, TypeNames.of(form), TypeNames.of(type));
            } else {
                checkClass(form, what, path);
            }
        }
    }

    void checkDescription(String description, String what) {
        if (description.isBlank()) {
            add("%s has a blank @Param: the model cannot know what to pass. Describe it", what);
        } else if (description.length() > MAX_DESCRIPTION) {
            add(
                    "%s has a description of %d characters; %d are allowed. Shorten it",
                    what, description.length(), MAX_DESCRIPTION);
        }
    }

    void checkPresence(boolean required, Class<?> type, String what) {
        if (!required && type.isPrimitive()) {
            add(
                    "%s may be absent but %s cannot be null. Use %s or make it required",
                    what, type.getName(), TypeNames.boxOf(type));
        }
    }

    /// Said once: a type that contains others many times over has no end worth waiting for.
    private void tooManyParts(int part, String what) {
        if (part == MAX_PARTS + 1) {
            add("%s has more than %d parts. Use a simpler type", what, MAX_PARTS);
        }
    }

    private void unmappable(Type type, String what) {
        add(
                "%s has the type %s, which JSON cannot be mapped to. Use a String, number, boolean,"
                        + " enum, record, list, map or java.time type",
                what, TypeNames.of(type));
    }

    @SuppressWarnings("AnnotateFormatMethod") // a test asserts each sentence
    private void add(String sentence, Object... values) {
        problems.add(sentence.formatted(values) + " at " + place + ".");
    }

    private static boolean hasDiscriminator(Class<?> form) {
        return List.of(form.getRecordComponents()).stream()
                .anyMatch(component -> component.getName().equals(PackJson.DISCRIMINATOR));
    }

    private static boolean isItem(Class<?> type) {
        return type != byte.class && type != char.class;
    }

    private static boolean isPlain(Class<?> type) {
        return (type.isPrimitive() && type != void.class)
                || PLAIN.contains(type)
                || JavaFormat.of(type).isPresent();
    }

    private static List<Class<?>> append(List<Class<?>> path, Class<?> type) {
        List<Class<?>> longer = new ArrayList<>(path);
        longer.add(type);
        return List.copyOf(longer);
    }
}
