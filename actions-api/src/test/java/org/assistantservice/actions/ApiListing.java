package org.assistantservice.actions;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Writes down what a package lets its users see: one line for each public type, one indented line
/// for each public or protected member, in alphabetical order.
final class ApiListing {
    private ApiListing() {}

    /// The public top-level types whose class files lie in `folder`, by name.
    static List<Class<?>> publicTypes(Path folder, String packageName) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(packageName.replace('.', '/')))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".class"))
                            .map(file -> file.substring(0, file.length() - ".class".length()))
                            .sorted()
                            .toList();
            List<Class<?>> types = new ArrayList<>();
            for (String name : names) {
                Class<?> type = load(packageName + "." + name);
                if (Modifier.isPublic(type.getModifiers())) {
                    types.add(type);
                }
            }
            return types;
        }
    }

    static String of(List<Class<?>> types) {
        return types.stream().map(ApiListing::of).collect(joining("\n"));
    }

    private static String of(Class<?> type) {
        Stream<String> members =
                Stream.of(
                                Arrays.stream(type.getDeclaredFields())
                                        .filter(field -> visible(field.getModifiers()))
                                        .map(ApiListing::line),
                                Arrays.stream(type.getDeclaredConstructors())
                                        .filter(made -> visible(made.getModifiers()))
                                        .map(ApiListing::line),
                                Arrays.stream(type.getDeclaredMethods())
                                        .filter(method -> visible(method.getModifiers()))
                                        .filter(method -> !method.isSynthetic())
                                        .map(ApiListing::line))
                        .flatMap(lines -> lines)
                        .sorted(Comparator.naturalOrder())
                        .map(line -> "    " + line + "\n");
        return annotations(type)
                + type.toGenericString()
                + parents(type)
                + "\n"
                + members.collect(joining());
    }

    private static String parents(Class<?> type) {
        List<AnnotatedType> parents = new ArrayList<>(List.of(type.getAnnotatedInterfaces()));
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            parents.addFirst(type.getAnnotatedSuperclass());
        }
        return parents.isEmpty()
                ? ""
                : parents.stream().map(AnnotatedType::toString).collect(joining(", ", " : ", ""));
    }

    private static String line(Field field) {
        return annotations(field)
                + Modifier.toString(field.getModifiers())
                + " "
                + field.getAnnotatedType()
                + " "
                + field.getName();
    }

    private static String line(Constructor<?> made) {
        return annotations(made)
                + Modifier.toString(made.getModifiers())
                + " new"
                + parameters(made);
    }

    private static String line(Method method) {
        Object standard = method.getDefaultValue();
        return annotations(method)
                + Modifier.toString(method.getModifiers())
                + " "
                + method.getAnnotatedReturnType()
                + " "
                + method.getName()
                + parameters(method)
                + (standard == null ? "" : " default \"" + standard + "\"");
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getParameters())
                .map(parameter -> parameter.getAnnotatedType() + " " + parameter.getName())
                .collect(joining(", ", "(", ")"));
    }

    private static String annotations(AnnotatedElement element) {
        return Arrays.stream(element.getDeclaredAnnotations())
                .map(Annotation::toString)
                .sorted()
                .map(annotation -> annotation + " ")
                .collect(joining());
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiListing.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "%s has a class file but does not load".formatted(name), e);
        }
    }
}
