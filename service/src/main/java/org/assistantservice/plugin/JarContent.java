package org.assistantservice.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Collects what is wrong with the entries of one JAR; of each kind of mistake the first. Not
/// thread-safe.
final class JarContent {
    private static final int CLASS_FILE = 0xCAFEBABE;
    private static final int CLASS_HEADER = 8;
    private static final int PREVIEW = 0xFFFF;

    /// Class file versions are counted from 45, which is Java 1.
    private static final int BEFORE_FIRST_JAVA = 44;

    private static final int JAVA = Runtime.version().feature();

    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d+)/(.+)");
    private static final Pattern SIGNATURE = Pattern.compile("(?i)META-INF/[^/]+\\.SF");
    private static final Pattern OUTSIDE =
            Pattern.compile(
                    "/.*|[A-Za-z]:.*|.*\\\\.*|(.*/)?\\.\\.(/.*)?|.*\\p{Cntrl}.*", Pattern.DOTALL);

    private static final List<String> FORBIDDEN_PACKAGES =
            List.of("java/", "io/micronaut/", "org/assistantservice/");

    /// Where the packs live that come with the service, and the library that packs bring along.
    private static final List<String> OURS =
            List.of("org/assistantservice/samples/", "org/assistantservice/fetch/");

    private static final List<String> FORBIDDEN_KEYS =
            List.of(
                    "Class-Path",
                    "Launcher-Agent-Class",
                    "Agent-Class",
                    "Premain-Class",
                    "Add-Opens",
                    "Add-Exports",
                    "Enable-Native-Access");

    private final String jar;
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private Optional<String> module = Optional.empty();
    private boolean isSigned;

    JarContent(String jar) {
        this.jar = jar;
    }

    /// Takes in an entry's name.
    void name(String entry) {
        if (OUTSIDE.matcher(entry).matches()) {
            problem(
                    "name",
                    ("%s has an entry named '%s', which points outside the JAR: build it again"
                                    + " without it.")
                            .formatted(jar, entry.replaceAll("\\p{Cntrl}", "?")));
        }
        String other = names.putIfAbsent(entry.toLowerCase(Locale.ROOT), entry);
        if (other != null) {
            problem(
                    "duplicate",
                    (other.equals(entry)
                                    ? "%1$s has two entries named %2$s: build it again with one."
                                    : "%1$s has the entries %2$s and %3$s, which differ in case only:"
                                            + " rename one.")
                            .formatted(jar, other, entry));
        }
        isSigned |= SIGNATURE.matcher(entry).matches();
    }

    /// Takes in an entry's content.
    ///
    /// @param start at least its first [EntryReader#KEPT] bytes
    void content(String entry, byte[] start) throws IOException {
        if (entry.equalsIgnoreCase("META-INF/MANIFEST.MF")) {
            manifest(start);
        } else if (entry.endsWith(".class")) {
            Matcher versioned = VERSIONED.matcher(entry);
            if (!versioned.matches()) {
                classFile(entry, start);
            } else if (isRead(versioned.group(1))) {
                classFile(versioned.group(2), start);
            }
        }
    }

    boolean isSigned() {
        return isSigned;
    }

    JarCheck.Findings findings() {
        return new JarCheck.Findings(List.copyOf(problems.values()), module);
    }

    private void manifest(byte[] content) throws IOException {
        if (content.length > EntryReader.KEPT) {
            problem(
                    "manifest",
                    "%s has a manifest of more than %d bytes: make it smaller."
                            .formatted(jar, EntryReader.KEPT));
            return;
        }
        var manifest = new Manifest(new ByteArrayInputStream(content)).getMainAttributes();
        for (String key : FORBIDDEN_KEYS) {
            if (manifest.getValue(key) != null && !isTolerated(key)) {
                problem(
                        key,
                        "The manifest of %s has the key %s, which a pack may not use: remove it."
                                .formatted(jar, key));
            }
        }
    }

    /// H2 and kotlinx-coroutines carry this key. Only `-javaagent` reads it, and no pack's JAR is
    /// ever named there.
    private boolean isTolerated(String key) {
        return key.equals("Premain-Class") && jar.startsWith("lib/");
    }

    private void classFile(String name, byte[] start) {
        forbiddenPackage(name);
        if (start.length < CLASS_HEADER || ByteBuffer.wrap(start).getInt() != CLASS_FILE) {
            problem(
                    "class",
                    "%s in %s is no class file: build the JAR again.".formatted(name, jar));
            return;
        }
        int minor = Short.toUnsignedInt(ByteBuffer.wrap(start).getShort(4));
        int java = Short.toUnsignedInt(ByteBuffer.wrap(start).getShort(6)) - BEFORE_FIRST_JAVA;
        if (java > JAVA) {
            problem(
                    "version",
                    ("%s in %s is compiled for Java %d, but the service runs on Java %d: compile it"
                                    + " with --release %d.")
                            .formatted(name, jar, java, JAVA, JAVA));
        } else if (minor == PREVIEW) {
            problem(
                    "preview",
                    ("%s in %s uses preview features of Java %d, which are off: compile it without"
                                    + " --enable-preview.")
                            .formatted(name, jar, java));
        }
        if (name.equals("module-info.class")) {
            module(start);
        }
    }

    private void forbiddenPackage(String name) {
        FORBIDDEN_PACKAGES.stream()
                .filter(forbidden ->
                        name.startsWith(forbidden) && !OURS.stream().anyMatch(name::startsWith))
                .forEach(forbidden ->
                        problem(
                                forbidden,
                                ("%s has the class %s, but %s.* is not a pack's to define:"
                                                + " give its dependency the scope provided,"
                                                + " or rename the package.")
                                        .formatted(jar, dotted(name), packageOf(forbidden))));
    }

    private void module(byte[] descriptor) {
        try {
            String name = ModuleDescriptor.read(new ByteArrayInputStream(descriptor)).name();
            module = Optional.of(name);
            if (ModuleLayer.boot().findModule(name).isPresent()) {
                problem(
                        "module",
                        "%s says it is the module %s, which the service has already: rename it."
                                .formatted(jar, name));
            }
        } catch (IOException | InvalidModuleDescriptorException e) {
            problem(
                    "module",
                    "The module-info.class of %s cannot be read (%s): build it again."
                            .formatted(jar, e.getMessage()));
        }
    }

    private void problem(String kind, String sentence) {
        problems.putIfAbsent(kind, sentence);
    }

    private static boolean isRead(String version) {
        return version.length() < 4 && Integer.parseInt(version) <= JAVA;
    }

    private static String dotted(String entry) {
        return entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
    }

    private static String packageOf(String folder) {
        return folder.substring(0, folder.length() - 1).replace('/', '.');
    }
}
