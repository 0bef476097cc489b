package org.assistantservice.protocol.openai;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.Assistants;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.server.OfProtocol;
import org.assistantservice.thread.Page;
import org.assistantservice.wire.WireJson;

/// The registered assistants, those included that cannot serve at the moment.
@OfProtocol("openai")
@Controller("/v1/assistants")
@ExecuteOn(TaskExecutors.BLOCKING)
@AnswersJson
@Tag(name = "Assistants API")
final class AssistantsController {
    private static final Comparator<Assistant> OLDEST_FIRST =
            Comparator.comparing(Assistant::createdAt)
                    .thenComparing(assistant -> assistant.id().value());

    private final Assistants assistants;
    private final AssistantOffer offer;

    AssistantsController(Assistants assistants, AssistantOffer offer) {
        this.assistants = assistants;
        this.offer = offer;
    }

    @Get
    @Operation(summary = "List assistants")
    String assistants(@RequestBean ListQuery query) {
        List<Assistant> all =
                assistants.all().stream()
                        .map(Assistants.Listing::assistant)
                        .sorted(OLDEST_FIRST)
                        .toList();
        var pages = new ListedPages<>(all, assistant -> assistant.id().value());
        Page<Assistant> page = query.read("asst", pages::page);
        return WireJson.list(
                page.data().stream().map(this::json).toList(),
                page.data().stream().map(assistant -> assistant.id().value()).toList(),
                page.hasMore());
    }

    @Get("/{assistantId}")
    @Operation(summary = "Retrieve an assistant")
    String assistant(String assistantId) {
        return AssistantId.parse(assistantId)
                .flatMap(id -> assistants.find(id.value()))
                .map(Assistants.Listing::assistant)
                .filter(assistant -> assistant.id().value().equals(assistantId))
                .map(this::json)
                .orElseThrow(
                        () -> new OpenAiException(OpenAiError.notFound("assistant", assistantId)));
    }

    private String json(Assistant assistant) {
        return WireJson.assistant(assistant, offer.model(assistant), offer.tools(assistant));
    }
}
