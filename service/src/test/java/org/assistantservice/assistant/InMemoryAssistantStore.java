package org.assistantservice.assistant;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.assistantservice.identity.AssistantId;

/// A store that can be made to fail, or to be changed by somebody else at the worst moment.
final class InMemoryAssistantStore implements AssistantStore {
    final Map<String, StoredConfig> documents = new ConcurrentHashMap<>();
    final AtomicLong writes = new AtomicLong();
    final AtomicLong calls = new AtomicLong();
    volatile String failure = "";
    volatile Runnable beforeWrite = () -> {};
    private final AtomicLong generations = new AtomicLong();

    void place(String name, String json) {
        documents.put(name, new StoredConfig.Content(name, next(), json));
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public List<StoredConfig> list() {
        failIfAsked();
        return documents.values().stream()
                .sorted(
                        Comparator.comparing(
                                        (StoredConfig it) -> AssistantId.parse(it.name()).isEmpty())
                                .thenComparing(StoredConfig::name))
                .toList();
    }

    @Override
    public Optional<StoredConfig> read(AssistantId id) {
        failIfAsked();
        return Optional.ofNullable(documents.get(id.value()));
    }

    @Override
    public String write(AssistantId id, String json, Precondition precondition) {
        beforeWrite.run();
        failIfAsked();
        check(id, precondition);
        var document = new StoredConfig.Content(id.value(), next(), json);
        documents.put(id.value(), document);
        writes.incrementAndGet();
        return document.generation();
    }

    @Override
    public void delete(AssistantId id, String generation) {
        check(id, new Precondition.Unchanged(generation));
        documents.remove(id.value());
    }

    private void check(AssistantId id, Precondition precondition) {
        StoredConfig current = documents.get(id.value());
        boolean holds =
                switch (precondition) {
                    case Precondition.Absent() -> current == null;
                    case Precondition.Unchanged(var generation) ->
                            current != null && current.generation().equals(generation);
                };
        if (!holds) {
            throw new AssistantConflictException(id, location());
        }
    }

    private void failIfAsked() {
        calls.incrementAndGet();
        if (!failure.isEmpty()) {
            throw new AssistantStoreException(failure);
        }
    }

    private String next() {
        return Long.toString(generations.incrementAndGet());
    }
}
