package org.assistantservice.protocol.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.model.ToolSpec;
import org.assistantservice.wire.Examples;

/// Assistants in memory; each is offered with one function.
final class FakeAssistants implements Assistants, AssistantOffer {
    private final List<Listing> listings = new ArrayList<>();

    void add(Assistant assistant) {
        listings.add(new Listing(assistant, ""));
    }

    void addUnavailable(Assistant assistant) {
        listings.add(new Listing(assistant, "its pack is missing"));
    }

    @Override
    public Optional<Listing> find(String idOrName) {
        return listings.stream()
                .filter(listing ->
                        listing.assistant().id().value().equals(idOrName)
                                || listing.assistant().name().equals(idOrName))
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

    @Override
    public List<ToolSpec> tools(Assistant assistant) {
        return List.of(Examples.WEATHER);
    }

    @Override
    public String model(Assistant assistant) {
        return assistant.modelOr("default-model");
    }
}
