package org.assistantservice.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The live view of all assistants: looks at the folders and the store again and again, registers
/// what folders bring, keeps the last good version of a configuration that became bad, and says of
/// each assistant whether its actions are there. Thread-safe.
public final class AssistantDirectory implements Assistants, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AssistantDirectory.class);

    private final AssistantStore store;
    private final ActionSource actions;
    private final AssistantSettings settings;
    private final AssistantVersions versions;
    private final FolderRegistrar registrar;
    private final LastGoodConfigs stored = new LastGoodConfigs();
    private final ScheduledExecutorService poller =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("assistant-directory").factory());
    private final AtomicReference<Known> known = new AtomicReference<>(Known.NOTHING);

    /// Before that, nobody knows whether there are assistants. For the poller only.
    private boolean hasReadStore;

    /// What one look at folders and store found.
    ///
    /// @param shadowed documents that give way to others
    /// @param view the entries against the catalog they were last asked with
    private record Known(
            List<DirectoryEntries.Entry> entries,
            StandardChoice standard,
            List<AssistantProblem> problems,
            List<String> shadowed,
            DirectoryView view) {
        static final Known NOTHING =
                new Known(
                        List.of(),
                        StandardChoice.NONE,
                        List.of(),
                        List.of(),
                        new DirectoryView(
                                List.of(), ActionCatalog.empty(), new AssistantVersions("")));

        Known with(DirectoryView newer) {
            return new Known(entries, standard, problems, shadowed, newer);
        }
    }

    /// Sees nothing until the first [#refresh].
    public AssistantDirectory(
            AssistantStore store,
            AssistantFolders folders,
            AssistantRegistration registration,
            ActionSource actions,
            AssistantSettings settings) {
        this.store = store;
        this.actions = actions;
        this.settings = settings;
        this.versions = new AssistantVersions(settings.defaultModel());
        this.registrar = new FolderRegistrar(folders, registration);
    }

    /// Looks once, then again at every poll interval until closed.
    public void start() {
        refresh();
        long pause = settings.pollInterval().toMillis();
        var _ = poller.scheduleWithFixedDelay(this::lookAgain, pause, pause, TimeUnit.MILLISECONDS);
    }

    /// Looks at the folders and the store now and returns when what was found is visible.
    public void refresh() {
        CompletableFuture.runAsync(this::look, poller).join();
    }

    @Override
    public void close() {
        poller.shutdownNow();
    }

    @Override
    public Optional<Listing> find(String idOrName) {
        return view().find(idOrName);
    }

    @Override
    public Optional<Listing> standard() {
        Known now = Objects.requireNonNull(known.get());
        return now.standard().id().flatMap(id -> view(now).find(id.value()));
    }

    @Override
    public List<Listing> all() {
        return view().all();
    }

    /// What is wrong with stored or dropped configurations now; for health and `doctor`.
    public List<AssistantProblem> problems() {
        return Objects.requireNonNull(known.get()).problems();
    }

    private DirectoryView view() {
        return view(Objects.requireNonNull(known.get()));
    }

    /// Made anew when the actions changed since.
    private DirectoryView view(Known now) {
        ActionCatalog catalog = actions.current();
        if (now.view().isOf(catalog)) {
            return now.view();
        }
        var view = new DirectoryView(now.entries(), catalog, versions);
        known.compareAndSet(now, now.with(view));
        return view;
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("Looking for changed assistants failed; what is known stays", e);
        }
    }

    private void look() {
        List<AssistantProblem> problems = new ArrayList<>();
        try {
            registrar.update(actions.current());
        } catch (AssistantStoreException e) {
            problems.add(new AssistantProblem("assistants", Objects.toString(e.getMessage())));
        }
        try {
            stored.update(store.list());
            hasReadStore = true;
        } catch (AssistantStoreException e) {
            problems.add(new AssistantProblem(store.location(), Objects.toString(e.getMessage())));
        }
        problems.addAll(registrar.problems());
        problems.addAll(stored.problems(store.location()));
        publish(problems);
    }

    private void publish(List<AssistantProblem> problems) {
        var found = new DirectoryEntries();
        stored.documents().forEach(found::addStored);
        registrar.waiting().forEach(found::addWaiting);
        problems.addAll(found.problems());
        List<DirectoryEntries.Entry> entries = found.entries();
        if (entries.isEmpty() && hasReadStore) {
            entries =
                    List.of(
                            new DirectoryEntries.Entry(
                                    "", DevelopmentAssistant.of(settings.defaultAssistant()), ""));
        }
        StandardChoice standard =
                entries.isEmpty() ? StandardChoice.NONE : choice(entries, problems);
        Known before =
                known.getAndSet(
                        new Known(
                                entries,
                                standard,
                                List.copyOf(problems),
                                found.shadowed(),
                                viewOf(entries)));
        log(Objects.requireNonNull(before));
    }

    /// The same view while nothing changed: to make one, each configuration is digested.
    private DirectoryView viewOf(List<DirectoryEntries.Entry> entries) {
        Known before = Objects.requireNonNull(known.get());
        ActionCatalog catalog = actions.current();
        return before.view().isOf(catalog) && before.entries().equals(entries)
                ? before.view()
                : new DirectoryView(entries, catalog, versions);
    }

    private StandardChoice choice(
            List<DirectoryEntries.Entry> entries, List<AssistantProblem> problems) {
        StandardChoice choice = StandardChoice.among(entries, settings);
        if (choice.id().isEmpty()) {
            problems.add(
                    new AssistantProblem(
                            "ASSISTANT_ID",
                            "'%s' is neither id nor name of an assistant"
                                    .formatted(settings.defaultAssistant())));
        }
        return choice;
    }

    /// What changed; the rest was said before.
    private void log(Known before) {
        Known now = Objects.requireNonNull(known.get());
        now.problems().stream()
                .filter(it -> !before.problems().contains(it))
                .forEach(it -> LOG.warn("{}", it));
        now.shadowed().stream()
                .filter(it -> !before.shadowed().contains(it))
                .forEach(it -> LOG.warn("{}", it));
        now.standard()
                .id()
                .filter(_ -> !now.standard().isSameAs(before.standard()))
                .flatMap(id -> now.view().find(id.value()))
                .ifPresent(it ->
                        LOG.info(
                                "Default assistant: '{}' ({}), {}",
                                it.assistant().name(),
                                it.assistant().id(),
                                now.standard().reason()));
    }
}
