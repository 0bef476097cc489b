package org.assistantservice.samples.research;

import java.util.List;
import org.assistantservice.actions.ActionException;
import org.assistantservice.fetch.FetchResult.Fetched;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Results in JSON: a list of objects with a title, an address and a text.
record JsonHits(JsonMapper json, String list, String snippet) {
    List<SearchHit> of(Fetched answer) {
        try {
            return json.readTree(answer.text())
                    .at(list)
                    .valueStream()
                    .filter(it -> !text(it, "url").isEmpty())
                    .map(it -> new SearchHit(text(it, "title"), text(it, "url"), text(it, snippet)))
                    .toList();
        } catch (JacksonException e) {
            throw new ActionException("The search engine's answer cannot be read", e);
        }
    }

    private static String text(JsonNode hit, String name) {
        return hit.path(name).asString("");
    }
}
