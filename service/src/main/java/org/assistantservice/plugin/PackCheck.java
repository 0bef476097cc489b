package org.assistantservice.plugin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides whether the JARs of a pack are fit to be loaded, without loading anything. Thread-safe.
final class PackCheck {
    private final JarLimits limits;
    private final JarCheck jarCheck;

    PackCheck(JarLimits limits) {
        this.limits = limits;
        this.jarCheck = new JarCheck(limits);
    }

    /// What can be said before a byte is read.
    ///
    /// @throws PackException if a JAR is empty or too large
    void checkSizes(List<PackFolder.Jar> jars) throws PackException {
        List<String> problems = new ArrayList<>();
        for (PackFolder.Jar jar : jars) {
            if (jar.size() == 0) {
                problems.add(
                        "%s is empty (0 bytes): copy it again, or delete it."
                                .formatted(jar.name()));
            } else if (jar.size() > limits.maxSize()) {
                problems.add(
                        ("%s has %d bytes, more than the %d that"
                                        + " assistant-service.packs.jars.max-size allows. Make it"
                                        + " smaller, or raise that setting.")
                                .formatted(jar.name(), jar.size(), limits.maxSize()));
            }
        }
        refuse(problems);
    }

    /// Reads every JAR from end to end.
    ///
    /// @param jars files that nobody changes meanwhile
    /// @throws PackException with the problems of all JARs
    void check(List<PackCopy.Jar> jars) throws PackException {
        List<String> problems = new ArrayList<>();
        Map<String, String> jarOfModule = new HashMap<>();
        for (PackCopy.Jar jar : jars) {
            JarCheck.Findings findings = jarCheck.check(jar);
            problems.addAll(findings.problems());
            Optional<String> module = findings.module();
            if (module.isPresent()) {
                String other = jarOfModule.putIfAbsent(module.get(), jar.name());
                if (other != null) {
                    problems.add(
                            ("%s and %s are both the module %s: two versions of one library. Keep"
                                            + " one.")
                                    .formatted(other, jar.name(), module.get()));
                }
            }
        }
        refuse(problems);
    }

    private static void refuse(List<String> problems) throws PackException {
        if (!problems.isEmpty()) {
            throw new PackException(problems);
        }
    }
}
