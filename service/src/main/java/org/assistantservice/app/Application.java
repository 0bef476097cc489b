package org.assistantservice.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assistantservice.app.logging.StrayLogs;
import org.assistantservice.store.StoreOpenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The service's entry point. Exit codes: 0 or 143 after a drain, 2 for a wrong configuration, 3
/// for a store that cannot be used, 1 for anything else.
public final class Application {
    private static final int WRONG_CONFIGURATION = 2;
    private static final int STORE_UNUSABLE = 3;
    private static final int FAILED = 1;

    /// Other names of variables.
    private static final Map<String, String> ALIASES =
            Map.of(
                    "API_HOST",
                    "HOST",
                    "API_PORT",
                    "PORT",
                    "OPENAI_API_BASE",
                    "OPENAI_BASE_URL",
                    "SQL_CONNECTION_STRING",
                    "SQL_CONN_STR");

    private Application() {}

    public static void main(String[] arguments) {
        long started = System.nanoTime();
        try {
            serve(overrides(arguments, Path.of(".env")), started);
        } catch (ConfigurationException e) {
            exit(WRONG_CONFIGURATION, e.getMessage());
        } catch (StoreOpenException e) {
            exit(STORE_UNUSABLE, e.getMessage());
        } catch (IOException e) {
            exit(FAILED, "Cannot start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exit(FAILED, "Interrupted while starting");
        } catch (RuntimeException e) {
            // What is open already would keep the process alive without serving.
            LoggerFactory.getLogger("BOOTSTRAP").error("Cannot start", e);
            exit(FAILED, "Cannot start: " + e.getMessage());
        }
    }

    /// Starts the service; on return it serves.
    ///
    /// @param started when the process began, by `System.nanoTime`
    /// @throws IOException if the address cannot be listened on
    static void serve(Map<String, String> overrides, long started)
            throws IOException, InterruptedException {
        Map<String, String> environment = new LinkedHashMap<>(overrides);
        System.getenv().forEach(environment::putIfAbsent);
        List<String> problems = EnvironmentCheck.problems(environment);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        tellLogging(overrides);
        ServiceProcess.start(environment, overrides, started);
    }

    /// What wins over or adds to the real environment: launch options first, then `.env` for names
    /// the environment does not have.
    static Map<String, String> overrides(String[] arguments, Path dotEnv) throws IOException {
        Map<String, String> overrides = new LinkedHashMap<>(DotEnv.read(dotEnv));
        overrides.keySet().removeAll(System.getenv().keySet());
        overrides.putAll(LaunchOptions.parse(arguments));
        ALIASES.forEach((alias, name) -> adopt(overrides, alias, name));
        ConnectionString.databaseUrl(value(overrides, "SQL_CONN_STR"))
                .filter(_ -> value(overrides, "DATABASE_URL").isEmpty())
                .ifPresent(it -> overrides.put("DATABASE_URL", it));
        return overrides;
    }

    /// A variable's other name counts where the variable itself is not set.
    private static void adopt(Map<String, String> overrides, String alias, String name) {
        String value = value(overrides, alias);
        if (value(overrides, name).isEmpty() && !value.isEmpty()) {
            overrides.put(name, value);
        }
    }

    private static String value(Map<String, String> overrides, String name) {
        return overrides.getOrDefault(name, System.getenv().getOrDefault(name, ""));
    }

    /// Logging reads the environment itself, long before any bean; it must see the same values.
    private static void tellLogging(Map<String, String> overrides) {
        for (String name : List.of("LOG_FORMAT", "LOGGING_LEVEL", "STREAM")) {
            String value = overrides.get(name);
            if (value != null) {
                System.setProperty(name, value);
            }
        }
        StrayLogs.capture();
    }

    private static void exit(int code, @Nullable String message) {
        System.err.println(message);
        System.exit(code);
    }
}
