package org.assistantservice.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a process of its own writes, with nothing but the environment to tell it how.
class LogProcessTest {
    @TempDir private Path folder;

    @Test
    void everyLineOfAJsonLogIsOneObject() throws Exception {
        Output output = run(Map.of("LOG_FORMAT", "json"), "with-framework");

        List<JsonNode> lines = output.out().lines().map(new JsonMapper()::readTree).toList();
        assertThat(output.err()).isEmpty();
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.propertyNames())
                                .contains("timestamp", "level", "logger", "message"));
        assertThat(lines)
                .extracting(line -> line.required("message").stringValue())
                .endsWith(
                        "first\nsecond",
                        "failed",
                        "from elsewhere",
                        "An exception ended the thread doomed");
        assertThat(lines)
                .filteredOn(line -> line.required("logger").stringValue().equals("MAIN"))
                .extracting(line -> line.path("correlation_id").asString(""))
                .containsExactly("12345678-ab", "12345678-ab", "");
    }

    @Test
    void withoutSettingsLinesAreKeysAndValuesOnTheStandardOutput() throws Exception {
        Output output = run(Map.of());

        assertThat(output.err()).isEmpty();
        assertThat(output.out())
                .contains(" INFO MAIN first\\nsecond correlation_id=12345678-ab\n")
                .contains(" WARNING MAIN failed correlation_id=12345678-ab\n")
                .contains(
                        "\njava.lang.IllegalStateException: why\n\tat org.assistantservice.app.logging.LoggingProgram.main(")
                .doesNotContain("detail");
    }

    @Test
    void theOtherStreamAndLevelAreHonoured() throws Exception {
        Output errors = run(Map.of("STREAM", "stderr", "LOGGING_LEVEL", "error"));
        Output debug = run(Map.of("LOGGING_LEVEL", "debug"));

        assertThat(errors.out()).isEmpty();
        assertThat(errors.err())
                .contains(" ERROR MAIN An exception ended the thread doomed\n")
                .doesNotContain("first", "failed");
        assertThat(debug.out())
                .contains(" DEBUG org.assistantservice.Example detail correlation_id=12345678-ab\n")
                .doesNotContain("library detail");
    }

    private Output run(Map<String, String> environment, String... arguments) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                classPath(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                LoggingProgram.class.getName())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeAll(List.of("LOG_FORMAT", "LOGGING_LEVEL", "STREAM"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as(Files.readString(err)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return new Output(Files.readString(out), Files.readString(err));
    }

    /// The program alone beside the service, without the tests' own `logback-test.xml`.
    private String classPath() throws IOException {
        String program = LoggingProgram.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve(program);
        Files.createDirectories(copy.getParent());
        try (InputStream compiled = LoggingProgram.class.getResourceAsStream("/" + program)) {
            assertThat(compiled).isNotNull();
            Files.copy(compiled, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        Stream<String> service =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !Files.exists(Path.of(entry, "logback-test.xml")));
        return Stream.concat(Stream.of(folder.toString()), service)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private record Output(String out, String err) {}
}
