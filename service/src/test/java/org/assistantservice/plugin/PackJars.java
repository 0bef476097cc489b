package org.assistantservice.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.assistantservice.actions.Action;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;

/// Compiles Java sources into the JAR of a pack, at test time:
///
/// ```java
/// PackJars.in(packs.resolve("weather"))
///         .source("demo.WeatherActions", "package demo; public class WeatherActions { … }")
///         .jar("weather.jar");
/// ```
///
/// Sources see what a pack sees: the JDK, the API of actions, Jackson's annotations, JSpecify and
/// SLF4J. They are compiled with `-parameters`. The JAR appears in one step, replacing one of the
/// same name.
public final class PackJars {
    private static final String CLASS_PATH =
            Stream.of(Action.class, JsonProperty.class, NullMarked.class, Logger.class)
                    .map(PackJars::location)
                    .distinct()
                    .collect(Collectors.joining(File.pathSeparator));

    private final Path folder;
    private final List<Source> sources = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, byte[]> resources = new TreeMap<>();
    private final Manifest manifest = new Manifest();

    private PackJars(Path folder) {
        this.folder = folder;
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        options.addAll(List.of("-parameters", "-proc:none", "-nowarn"));
    }

    /// Builds JARs into a folder.
    ///
    /// @param folder of the pack, or its `lib`; made if missing
    public static PackJars in(Path folder) {
        return new PackJars(folder);
    }

    /// Adds a class to compile.
    ///
    /// @param className binary name, e.g. `demo.WeatherActions`
    public PackJars source(String className, String text) {
        sources.add(new Source(className, text));
        return this;
    }

    /// Adds an entry as it is.
    ///
    /// @param name path within the JAR, e.g. `demo/cities.csv`
    public PackJars resource(String name, String text) {
        return resource(name, text.getBytes(UTF_8));
    }

    public PackJars resource(String name, byte[] content) {
        resources.put(name, content.clone());
        return this;
    }

    /// Adds a key to the manifest.
    public PackJars manifest(String key, String value) {
        manifest.getMainAttributes().putValue(key, value);
        return this;
    }

    /// Adds compiler options, e.g. `--release`, `21`.
    public PackJars options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /// Compiles without `-parameters`, as authors do who forget it.
    public PackJars withoutParameterNames() {
        options.remove("-parameters");
        return this;
    }

    /// Compiles, and writes the JAR.
    ///
    /// @param name file name, e.g. `weather.jar`
    /// @return the JAR
    /// @throws IllegalArgumentException with the compiler's messages if a source is wrong
    public Path jar(String name) {
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, ".", ".tmp");
            Files.write(unfinished, bytes());
            return Files.move(
                    unfinished,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The JAR's content.
    public byte[] bytes() {
        var content = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(content, manifest)) {
            Map<String, byte[]> entries = new TreeMap<>(resources);
            entries.putAll(classes());
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    /// The compiled classes by their path within the JAR.
    public Map<String, byte[]> classes() {
        if (sources.isEmpty()) {
            return Map.of();
        }
        try {
            Path output = Files.createTempDirectory("pack-classes");
            try {
                compile(output);
                return read(output);
            } finally {
                delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One compiled class.
    ///
    /// @param className binary name, e.g. `demo.WeatherActions` or `module-info`
    public byte[] classFile(String className) {
        byte[] content = classes().get(className.replace('.', '/') + ".class");
        if (content == null) {
            throw new IllegalArgumentException("No source defines " + className);
        }
        return content;
    }

    private void compile(Path output) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-d", output.toString(), "-classpath", CLASS_PATH));
        boolean isCompiled = compiler.getTask(messages, null, null, all, null, sources).call();
        if (!isCompiled) {
            throw new IllegalArgumentException(messages.toString());
        }
    }

    private static Map<String, byte[]> read(Path output) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        for (Path file : files(output)) {
            if (Files.isRegularFile(file)) {
                classes.put(
                        output.relativize(file).toString().replace(File.separatorChar, '/'),
                        Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static void delete(Path output) throws IOException {
        for (Path file : files(output).reversed()) {
            Files.delete(file);
        }
    }

    private static List<Path> files(Path output) throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.sorted().toList();
        }
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(
                    URI.create("source:///" + className.replace('.', '/') + Kind.SOURCE.extension),
                    Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
