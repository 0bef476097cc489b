package org.assistantservice.plugin;

/// A JAR breaks a limit, so that reading it stops. The message is one sentence for the operator.
final class JarRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    JarRefusedException(String message) {
        super(message);
    }
}
