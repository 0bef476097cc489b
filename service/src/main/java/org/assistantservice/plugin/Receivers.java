package org.assistantservice.plugin;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.assistantservice.dispatch.ActionFailedException;
import org.assistantservice.dispatch.AssistantScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The instances of one action class: one for the pack version, or one for each assistant if the
/// class takes settings. Keeps the latest [#MAX_INSTANCES]; an older one is closed when no call
/// uses it. Thread-safe; all methods run code of the author, so they are called inside the
/// boundary.
final class Receivers {
    static final int MAX_INSTANCES = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);
    private static final AssistantScope ANY = new AssistantScope("", "", "{}");
    private static final Pattern FOLDER_NAME =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

    private final Constructor<?> constructor;
    private final String pack;
    private final ActionEnvironment environment;
    private final JsonMapper json;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<AssistantScope, Receiver> receivers =
            new LinkedHashMap<>(16, 0.75f, true);

    /// @param constructor without parameters, or with `ActionSettings` as its only one
    Receivers(Constructor<?> constructor, String pack, ActionEnvironment environment) {
        this.constructor = constructor;
        this.pack = pack;
        this.environment = environment;
        this.json = PackJson.mapper(environment.limits());
    }

    boolean takesSettings() {
        return constructor.getParameterCount() > 0;
    }

    /// Makes the one instance of a class without settings, so that a constructor that fails is
    /// found before the first call.
    void prepare() throws Exception {
        if (!takesSettings()) {
            use(ANY, instance -> instance);
        }
    }

    /// Runs `call` with the instance for `scope`, which stays open until it returns.
    <T> T use(AssistantScope scope, Use<T> call) throws Exception {
        AssistantScope key = takesSettings() ? scope : ANY;
        Receiver receiver = enter(key);
        try {
            return call.with(receiver.get());
        } finally {
            leave(key, receiver);
        }
    }

    /// Closes all instances. What they throw is logged.
    void close() {
        List<Receiver> all;
        lock.lock();
        try {
            all = List.copyOf(receivers.values());
            receivers.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(this::close);
    }

    private Receiver enter(AssistantScope key) {
        lock.lock();
        try {
            Receiver receiver =
                    receivers.computeIfAbsent(key, scope -> new Receiver(() -> construct(scope)));
            receiver.enter();
            return receiver;
        } finally {
            lock.unlock();
        }
    }

    private void leave(AssistantScope key, Receiver receiver) {
        List<Receiver> evicted = List.of();
        lock.lock();
        try {
            receiver.leave();
            if (receiver.isBroken()) {
                receivers.remove(key, receiver);
            }
            if (receivers.size() > MAX_INSTANCES) {
                evicted = evict();
            }
        } finally {
            lock.unlock();
        }
        evicted.forEach(this::close);
    }

    private List<Receiver> evict() {
        List<Receiver> evicted = new ArrayList<>();
        Iterator<Map.Entry<AssistantScope, Receiver>> oldest = receivers.entrySet().iterator();
        while (oldest.hasNext() && receivers.size() > MAX_INSTANCES) {
            Receiver receiver = oldest.next().getValue();
            if (!receiver.isInUse()) {
                oldest.remove();
                evicted.add(receiver);
            }
        }
        return evicted;
    }

    private Object construct(AssistantScope scope) throws Exception {
        return takesSettings()
                ? constructor.newInstance(settings(scope))
                : constructor.newInstance();
    }

    private JsonSettings settings(AssistantScope scope) throws ActionFailedException {
        try {
            if (!FOLDER_NAME.matcher(scope.assistantId()).matches()) {
                throw new IllegalArgumentException("The assistant's id cannot name a folder");
            }
            String text = scope.settingsJson();
            JsonNode settings = json.readTree(text.isBlank() ? "{}" : text);
            if (!(settings instanceof ObjectNode values)) {
                throw new IllegalArgumentException("The settings must be a JSON object");
            }
            new Placeholders(environment.variables()).resolve(values);
            Path directory = environment.dataDirectory().resolve(scope.assistantId()).resolve(pack);
            return new JsonSettings(values, directory);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ActionFailedException(
                    "the settings of the assistant cannot be used; its operator must correct them",
                    e);
        }
    }

    private void close(Receiver receiver) {
        try {
            receiver.close();
        } catch (Exception | Error e) {
            LOG.warn(
                    "An action of pack {} could not be closed",
                    pack,
                    ActionFailedException.from(e));
        }
    }

    /// What is done with an instance.
    interface Use<T> {
        T with(Object instance) throws Exception;
    }
}
