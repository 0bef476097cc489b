package org.assistantservice.samples.research;

import java.util.List;
import java.util.Set;
import org.assistantservice.fetch.FetchResult.Fetched;
import tools.jackson.databind.json.JsonMapper;

/// The JSON API of SearXNG, which must be switched on there (`search.formats`).
record Searxng(JsonHits reader) implements SearchDialect {
    Searxng(JsonMapper json) {
        this(new JsonHits(json, "/results", "content"));
    }

    @Override
    public String parameters(int most) {
        return "&format=json";
    }

    @Override
    public Set<String> types() {
        return Set.of("application/json");
    }

    @Override
    public List<SearchHit> hits(Fetched answer) {
        return reader.of(answer);
    }
}
