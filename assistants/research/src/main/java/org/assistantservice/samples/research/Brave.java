package org.assistantservice.samples.research;

import java.util.List;
import java.util.Set;
import org.assistantservice.fetch.FetchResult.Fetched;
import tools.jackson.databind.json.JsonMapper;

/// The web search API of Brave, which wants a key.
record Brave(JsonHits reader) implements SearchDialect {
    Brave(JsonMapper json) {
        this(new JsonHits(json, "/web/results", "description"));
    }

    @Override
    public String parameters(int most) {
        return "&count=" + most;
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
