package org.assistantservice.bench.sut;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/// A pack with as many functions as wanted, written as source and compiled, with its assistant.
///
/// @param name of its folder
/// @param lookup the name of the function that the model calls
/// @param functions how many there are, that one included
public record GeneratedPack(String name, String lookup, int functions) {
    /// An assistant offers no more functions than a model's endpoint takes.
    private static final int MOST_OFFERED = 128;

    private static final String TYPE = "GeneratedActions";

    /// The pack whose assistant is the default, as the first by name; it has `lookup`.
    public static GeneratedPack first(int functions) {
        return new GeneratedPack("a-first", "lookup", functions);
    }

    /// One of many others.
    public static GeneratedPack numbered(int number, int functions) {
        return new GeneratedPack("pack-" + number, "lookup_" + number, functions);
    }

    /// Compiles it and writes JAR and `assistant.json` into a folder of its own.
    public void drop(Path assistants) {
        try {
            Path folder = Files.createDirectories(assistants.resolve(name));
            Path build = Files.createTempDirectory("bench-pack-");
            compile(build);
            pack(build.resolve(TYPE + ".class"), folder.resolve(name + ".jar"));
            Files.writeString(folder.resolve("assistant.json"), config());
            Files.delete(build.resolve(TYPE + ".class"));
            Files.delete(build.resolve(TYPE + ".java"));
            Files.delete(build);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the pack " + name, e);
        }
    }

    private void compile(Path build) throws IOException {
        Path source = build.resolve(TYPE + ".java");
        Files.writeString(source, source());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("The bench needs a JDK, not only a Java runtime");
        }
        int result =
                compiler.run(
                        null,
                        null,
                        null,
                        "-parameters",
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        if (result != 0) {
            throw new IllegalStateException("The pack %s does not compile".formatted(name));
        }
    }

    private static void pack(Path code, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry(code.getFileName().toString()));
            Files.copy(code, out);
        }
    }

    private List<String> names() {
        return IntStream.range(0, functions)
                .mapToObj(i -> i == 0 ? lookup : lookup + "_more_" + i)
                .toList();
    }

    private String source() {
        String methods =
                names().stream()
                        .map(
                                """
                                    @Action(name = "%1$s", description = "Looks something up.",
                                            effect = Effect.READ_ONLY)
                                    public String %1$s(
                                            @Param("What to look up, e.g. weather") String query) {
                                        return "The lookup of " + query + " says 42";
                                    }
                                """
                                        ::formatted)
                        .collect(Collectors.joining());
        return "import org.assistantservice.actions.*;\n\npublic final class %s {\n%s}\n"
                .formatted(TYPE, methods);
    }

    private String config() {
        return """
        {
          "assistant_name": "%s",
          "initial_message": "Hello!",
          "instructions": "You look things up.",
          "model": "scripted",
          "function_names": [%s]
        }
        """
                .formatted(
                        name,
                        names().stream()
                                .limit(MOST_OFFERED)
                                .map(it -> '"' + it + '"')
                                .collect(Collectors.joining(", ")));
    }
}
