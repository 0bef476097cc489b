package org.assistantservice.plugin;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/// Names of types as authors write them in source code.
final class TypeNames {
    private TypeNames() {}

    /// `Map<Integer, Orders.Line>`: without packages, nested classes with a dot.
    static String of(Type type) {
        return type.getTypeName()
                .replaceAll("([A-Za-z_$][\\w$]*\\.)+(?=[A-Za-z_$])", "")
                .replace('$', '.');
    }

    /// `WeatherActions` of `com.example.WeatherActions`.
    static String ofClassNamed(String binaryName) {
        return binaryName.substring(binaryName.lastIndexOf('.') + 1).replace('$', '.');
    }

    static String boxOf(Class<?> primitive) {
        return MethodType.methodType(primitive).wrap().returnType().getSimpleName();
    }

    static String descriptorOf(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
    }
}
