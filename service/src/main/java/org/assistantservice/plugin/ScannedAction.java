package org.assistantservice.plugin;

/// An annotated method as the class file shows it: found without loading a class.
///
/// @param jar file name of the JAR
/// @param className binary name of the class that declares the method
/// @param methodName name of the method
/// @param descriptor JVM descriptor of the method, e.g. `(Ljava/lang/String;)V`
/// @param actionName the annotation's `name`
record ScannedAction(
        String jar, String className, String methodName, String descriptor, String actionName) {}
