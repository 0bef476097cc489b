package org.assistantservice.scripts;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.format.Format;
import io.micronaut.core.convert.format.ReadableBytes;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.annotation.MutableAnnotationMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.assistantservice.app.DotEnv;
import org.assistantservice.assistant.AssistantSettings;
import org.assistantservice.assistant.gcs.GcsSettings;
import org.assistantservice.dispatch.ActionLimits;
import org.assistantservice.plugin.JarLimits;
import org.assistantservice.plugin.PackSettings;

/// What the service would read from this folder and environment: the same names, defaults and
/// `.env` file. Starts nothing of the service.
public final class Settings {
    private static final String ROOT = "assistant-service.";
    private static final int GCS_ATTEMPTS = 3;
    private static final long MEGABYTE = 1024 * 1024;

    /// Sizes such as `256MB`.
    private static final ArgumentConversionContext<Long> BYTES =
            ConversionContext.of(Argument.of(Long.class, "bytes", readableBytes()));

    private final Environment resolved;
    private final Map<String, String> variables;
    private final Path folder;

    private Settings(Environment resolved, Map<String, String> variables, Path folder) {
        this.resolved = resolved;
        this.variables = Map.copyOf(variables);
        this.folder = folder;
    }

    /// The settings of this process.
    ///
    /// @throws IOException if `.env` cannot be read
    public static Settings ofProcess() throws IOException {
        return read(System.getenv(), Path.of("").toAbsolutePath());
    }

    /// @param environment wins over `.env`
    /// @param folder holds `.env`, and relative paths begin here
    static Settings read(Map<String, String> environment, Path folder) throws IOException {
        Map<String, String> variables = new HashMap<>(DotEnv.read(folder.resolve(".env")));
        variables.putAll(environment);
        Environment resolved =
                ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .banner(false)
                        .environmentPropertySource(false)
                        .propertySources(new Variables(variables))
                        .build()
                        .getEnvironment();
        resolved.start();
        return new Settings(resolved, variables, folder);
    }

    /// Where packs and their `assistant.json` lie.
    public Path assistantsFolder() {
        return path("packs.directory");
    }

    public AssistantSettings assistants() {
        return new AssistantSettings(
                path("assistants.configs-directory"),
                text("assistants.default-assistant"),
                text("assistants.client-id"),
                text("assistants.default-model"),
                duration("assistants.poll-interval"));
    }

    /// The service's own, but for the folders that belong to a running service.
    ///
    /// @param scratch an empty folder for copies
    public PackSettings packs(Path scratch) {
        return new PackSettings(
                assistantsFolder(),
                scratch,
                path("packs.action-data-directory"),
                number("packs.threads-per-pack"),
                number("packs.abandoned-before-quarantine"),
                duration("packs.load-timeout"),
                duration("packs.poll-interval"));
    }

    /// The bounds of JARs; those that are not set are the service's defaults.
    public JarLimits jars() {
        return new JarLimits(
                number("packs.jars.max-per-pack", 200),
                bytes("packs.jars.max-size", 256 * MEGABYTE),
                number("packs.jars.max-entries", 20_000),
                bytes("packs.jars.max-inflated-size", 1024 * MEGABYTE),
                number("packs.jars.max-ratio", 100));
    }

    /// The bounds of calls; those that are not set are the service's defaults.
    public ActionLimits actions() {
        ActionLimits standard = ActionLimits.STANDARD;
        return new ActionLimits(
                number("dispatch.max-argument-bytes", standard.maxArgumentBytes()),
                number("dispatch.max-result-bytes", standard.maxResultBytes()),
                number("dispatch.max-depth", standard.maxDepth()));
    }

    /// The bucket, and how long to wait for it at a prompt.
    public GcsSettings gcs() {
        return new GcsSettings(
                text("gcs.project-id"),
                text("gcs.bucket-id"),
                text("gcs.endpoint"),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                GCS_ATTEMPTS);
    }

    public boolean isProduction() {
        return text("environment").equals("production");
    }

    /// The folder of the embedded database.
    public Path storeFolder() {
        return path("store.directory");
    }

    /// `jdbc:postgresql://…`, or empty for the embedded database.
    public String databaseUrl() {
        return text("store.database-url");
    }

    public Model model() {
        return new Model(
                text("model.provider"),
                text("model.api-key"),
                text("model.base-url"),
                text("model.default-model"));
    }

    public int port() {
        return resolved.getProperty("micronaut.server.port", Integer.class).orElse(8000);
    }

    /// The environment and `.env`, for `${NAME}` in the settings of assistants.
    public Map<String, String> variables() {
        return variables;
    }

    private Path path(String key) {
        return folder.resolve(text(key));
    }

    private String text(String key) {
        return resolved.getProperty(ROOT + key, String.class).orElse("");
    }

    private int number(String key) {
        return resolved.getProperty(ROOT + key, Integer.class).orElseThrow(missing(key));
    }

    private int number(String key, int otherwise) {
        return resolved.getProperty(ROOT + key, Integer.class).orElse(otherwise);
    }

    private long bytes(String key, long otherwise) {
        return resolved.getProperty(ROOT + key, BYTES).orElse(otherwise);
    }

    private static AnnotationMetadata readableBytes() {
        var metadata = new MutableAnnotationMetadata();
        String name = ReadableBytes.class.getName();
        metadata.addAnnotation(name, Map.of());
        metadata.addStereotype(List.of(name), Format.class.getName(), Map.of());
        return metadata;
    }

    private Duration duration(String key) {
        return resolved.getProperty(ROOT + key, Duration.class).orElseThrow(missing(key));
    }

    private static Supplier<IllegalStateException> missing(String key) {
        return () -> new IllegalStateException("%s%s has no value".formatted(ROOT, key));
    }

    /// Variables under the names that `application.yml` asks for.
    private static final class Variables extends MapPropertySource {
        Variables(Map<String, String> variables) {
            super("variables", variables);
        }

        @Override
        public PropertyConvention getConvention() {
            return PropertyConvention.ENVIRONMENT_VARIABLE;
        }
    }

    /// Where a command gets its settings from, when it needs them.
    @FunctionalInterface
    public interface Source {
        /// Reads them.
        ///
        /// @throws IOException if `.env` cannot be read
        Settings read() throws IOException;
    }

    /// The model endpoint.
    ///
    /// @param provider `openai`, `offline`, or empty: `openai` if there is a key or an address
    public record Model(String provider, String apiKey, String baseUrl, String name) {
        /// Whether no endpoint is asked.
        public boolean isOffline() {
            return provider.isEmpty()
                    ? apiKey.isEmpty() && baseUrl.isEmpty()
                    : provider.equals("offline");
        }

        /// Without the key.
        @Override
        public String toString() {
            return "Model[provider=%s, baseUrl=%s, name=%s]".formatted(provider, baseUrl, name);
        }
    }
}
