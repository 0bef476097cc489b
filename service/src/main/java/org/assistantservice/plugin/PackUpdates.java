package org.assistantservice.plugin;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares the pack folders with what serves, and brings what serves up to date. A folder is dealt
/// with once it looks the same twice, so that nothing is taken while it is being written. For one
/// thread; only [#states] may be called on any.
final class PackUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(PackUpdates.class);

    private final PackFolders folders;
    private final PackCopies copies;
    private final PackShelf shelf;
    private final ExecutorService workers;

    private Map<String, PackFolder> lastLook = Map.of();
    private Optional<String> trouble = Optional.empty();
    private volatile Map<String, PackState> states = Map.of();

    PackUpdates(PackFolders folders, PackCopies copies, PackShelf shelf, ExecutorService workers) {
        this.folders = folders;
        this.copies = copies;
        this.shelf = shelf;
        this.workers = workers;
    }

    /// By pack name, sorted.
    Map<String, PackState> states() {
        return states;
    }

    /// Lets go of every pack. After the last look, on any thread.
    void forgetAll() {
        states = Map.of();
        shelf.publish(List.of());
    }

    /// Looks once.
    ///
    /// @param settled folders last written before this moment need no second look
    /// @return whether a second look is needed
    boolean update(Instant settled) throws InterruptedException {
        Optional<Map<String, PackFolder>> found = look();
        if (found.isEmpty()) {
            return false;
        }
        Map<String, PackFolder> look = found.get();
        List<PackFolder> changed =
                look.values().stream().filter(it -> !it.equals(stateOf(it.name()).seen())).toList();
        List<PackFolder> due =
                changed.stream()
                        .filter(it ->
                                it.equals(lastLook.get(it.name())) || it.writtenBefore(settled))
                        .toList();
        List<String> gone =
                states.keySet().stream()
                        .filter(it -> !look.containsKey(it) && !lastLook.containsKey(it))
                        .toList();
        lastLook = look;
        gone.forEach(this::remove);
        refreshAll(due);
        return due.size() < changed.size();
    }

    private Optional<Map<String, PackFolder>> look() {
        try {
            List<PackFolder> found = folders.find();
            trouble = Optional.empty();
            return Optional.of(
                    found.stream()
                            .collect(toMap(PackFolder::name, Function.identity(), (a, b) -> a)));
        } catch (NoSuchFileException e) {
            report(
                    "The folder %s is missing: there are no packs until it appears"
                            .formatted(folders.directory().toAbsolutePath()),
                    null);
            return Optional.of(Map.of());
        } catch (IOException e) {
            report(
                    "The folder %s cannot be read: packs stay as they are"
                            .formatted(folders.directory().toAbsolutePath()),
                    e);
            return Optional.empty();
        }
    }

    private void report(String newTrouble, @Nullable IOException cause) {
        if (!trouble.equals(Optional.of(newTrouble))) {
            LOG.warn(newTrouble, cause);
        }
        trouble = Optional.of(newTrouble);
    }

    /// Publishes each pack when it is done, and ends when all are.
    private void refreshAll(List<PackFolder> due) throws InterruptedException {
        var done = new ExecutorCompletionService<PackState>(workers);
        due.forEach(folder -> done.submit(() -> refresh(folder, stateOf(folder.name()))));
        boolean isStopped = false;
        for (int i = 0; i < due.size(); i++) {
            try {
                publish(done.take().get());
            } catch (ExecutionException e) {
                LOG.debug("Stopped while refreshing packs", e);
                isStopped = true;
            }
        }
        if (isStopped) {
            throw new InterruptedException("Stopped while refreshing packs");
        }
    }

    private PackState refresh(PackFolder folder, PackState before) throws InterruptedException {
        if (!folder.problems().isEmpty()) {
            return before.refused(folder, folder.problems());
        }
        try {
            Optional<PackCopy> copy = copies.copy(folder);
            if (copy.isEmpty()) {
                return before.again(before.problems());
            }
            return before.serving(
                    folder,
                    before.isServing(copy.get().digest())
                            ? before.serving()
                            : shelf.load(copy.get()));
        } catch (PackException e) {
            return before.refused(folder, e.problems());
        } catch (IOException e) {
            LOG.debug("Pack '{}' could not be copied", folder.name(), e);
            return before.again(
                    List.of(
                            "Pack '%s' could not be copied and will be tried again (%s: %s)."
                                    .formatted(
                                            folder.name(),
                                            e.getClass().getSimpleName(),
                                            e.getMessage())));
        } catch (RuntimeException | Error e) {
            // An error too: that no memory or stack was left for one pack must not stop the others.
            LOG.error("Pack '{}' could not be looked at", folder.name(), e);
            return before.refused(
                    folder,
                    List.of(
                            "Pack '%s' could not be looked at (%s); the log says more."
                                    .formatted(folder.name(), e.getClass().getSimpleName())));
        }
    }

    private void publish(PackState after) {
        if (after.isUnknown()) {
            return;
        }
        PackState before = stateOf(after.name());
        Map<String, PackState> next = new TreeMap<>(states);
        next.put(after.name(), after);
        PackVersion version = after.serving();
        if (version != null && version != before.serving()) {
            serve(next);
            version.release();
        }
        states = next;
        log(before, after);
    }

    private void remove(String pack) {
        Map<String, PackState> next = new TreeMap<>(states);
        next.remove(pack);
        serve(next);
        states = next;
        LOG.info("Pack '{}' removed", pack);
    }

    private void serve(Map<String, PackState> next) {
        shelf.publish(
                next.values().stream().map(PackState::serving).filter(Objects::nonNull).toList());
    }

    private PackState stateOf(String pack) {
        PackState state = states.get(pack);
        return state == null ? PackState.unknown(pack) : state;
    }

    private static void log(PackState before, PackState after) {
        PackVersion version = after.serving();
        if (version != null && version != before.serving()) {
            LOG.info(
                    "Pack '{}' {}: version {}, actions {}",
                    after.name(),
                    before.serving() == null ? "added" : "swapped",
                    version.digest().substring(0, 12),
                    version.actionNames());
        }
        if (!after.problems().isEmpty() && !after.problems().equals(before.problems())) {
            LOG.warn(
                    "Pack '{}' refused{}: {}",
                    after.name(),
                    version == null ? "" : ", the version before serves on",
                    String.join(" ", after.problems()));
        }
    }
}
