package org.assistantservice.actions.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.dispatch.ActionOutcome;
import org.assistantservice.plugin.ActionDefinitionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Calls the actions of some classes exactly as the service does: same definition rules, same
/// schema, same check of arguments, same threads, deadline, results and failure texts.
///
/// ```java
/// class WeatherActionsTest {
///     @RegisterExtension final ActionKit kit = ActionKit.of(WeatherActions.class);
///
///     @Test
///     void tellsTheWeather() {
///         assertThat(kit.call("get_weather", "{\"location\":\"Lisbon\"}").output())
///                 .contains("Lisbon");
///     }
/// }
/// ```
///
/// As a JUnit extension it reports mistakes in definitions before each test, and closes instances
/// and deletes the data directory after it. Without JUnit, call [#close()]. Thread-safe.
public final class ActionKit implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private final List<Class<?>> classes;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private String settingsJson = "{}";
    private @Nullable KitBinding binding;

    private ActionKit(List<Class<?>> classes) {
        this.classes = List.copyOf(classes);
    }

    /// A kit for the annotated methods of these classes, as if they were one pack.
    public static ActionKit of(Class<?>... classes) {
        return new ActionKit(List.of(classes));
    }

    /// Gives classes that take `ActionSettings` these settings; before the first call.
    ///
    /// @param json the `settings` object of an assistant's configuration, e.g.
    ///   `{"api_key":"${KEY}"}`
    public ActionKit withSettings(String json) {
        settingsJson = json;
        return this;
    }

    /// Sets an environment variable for the placeholders of the settings. The real environment is
    /// not looked at.
    public ActionKit withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Calls an action.
    ///
    /// @param action the name in its annotation
    /// @param argumentsJson what the model would send; empty text means `{}`
    /// @return `Succeeded` or `Failed`, each with the text that the model would get
    public ActionOutcome call(String action, String argumentsJson) {
        return bound().call(action, argumentsJson, settingsJson);
    }

    /// The JSON Schema of an action's arguments, as the model would get it.
    ///
    /// @throws AssertionError if there is no such action
    public String schema(String action) {
        return definition(action).parametersJson();
    }

    /// All that the model and the service know of an action.
    ///
    /// @throws AssertionError if there is no such action
    public ActionDefinition definition(String action) {
        return bound().definition(action);
    }

    /// The texts that actions told the user so far, in their order.
    public List<String> progress() {
        return List.copyOf(progress);
    }

    /// The folder below which `ActionSettings.dataDir()` lies; deleted when the kit is closed.
    public Path dataDirectory() {
        return bound().dataDirectory();
    }

    /// Finds mistakes in the definitions of the actions.
    ///
    /// @throws AssertionError with all of them
    @Override
    public void beforeEach(ExtensionContext context) {
        bound();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    /// Closes the instances of the actions and deletes their data. A later call begins anew.
    @Override
    public void close() {
        lock.lock();
        try {
            if (binding != null) {
                binding.close();
            }
            binding = null;
            progress.clear();
        } finally {
            lock.unlock();
        }
    }

    private KitBinding bound() {
        lock.lock();
        try {
            if (binding == null) {
                Path data = Files.createTempDirectory("actions-testkit-");
                binding = KitBinding.of(classes, Map.copyOf(environment), data, progress::add);
            }
            return binding;
        } catch (ActionDefinitionException e) {
            throw new AssertionError(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }
}
