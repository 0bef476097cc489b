package org.assistantservice.protocol.chat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants;

/// Assistants in a list; the first one is the standard.
final class FakeAssistants implements Assistants {
    private final List<Listing> listings = new CopyOnWriteArrayList<>();

    void add(Assistant assistant, String problem) {
        listings.add(new Listing(assistant, problem));
    }

    @Override
    public Optional<Listing> find(String idOrName) {
        return listings.stream()
                .filter(it ->
                        it.assistant().id().value().equals(idOrName)
                                || it.assistant().name().equals(idOrName))
                .findFirst();
    }

    @Override
    public Optional<Listing> standard() {
        return listings.stream().findFirst();
    }

    @Override
    public List<Listing> all() {
        return List.copyOf(listings);
    }
}
