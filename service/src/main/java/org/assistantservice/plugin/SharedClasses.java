package org.assistantservice.plugin;

import java.util.List;

/// All that a pack sees besides its own JARs: the JDK, and the few packages it shares with the
/// service. The service's libraries are invisible to it, resources included. Thread-safe.
final class SharedClasses extends ClassLoader {
    private static final List<String> SHARED =
            List.of(
                    "org.assistantservice.actions.",
                    "com.fasterxml.jackson.annotation.",
                    "org.jspecify.",
                    "org.slf4j.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader service;

    /// @param service has the shared packages
    SharedClasses(ClassLoader service) {
        super("shared-with-packs", getPlatformClassLoader());
        this.service = service;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return SHARED.stream().anyMatch(name::startsWith)
                ? service.loadClass(name)
                : super.loadClass(name, resolve);
    }
}
