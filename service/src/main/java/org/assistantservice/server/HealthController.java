package org.assistantservice.server;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assistantservice.server.HealthProblems.HealthProblem;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Health as old clients know it, and for probes. The model's provider is part of neither.
@Controller("/health")
final class HealthController {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Draining draining;
    private final HealthProblems problems;
    private final StoreProbe store;

    HealthController(Draining draining, HealthProblems problems, StoreProbe store) {
        this.draining = draining;
        this.problems = problems;
        this.store = store;
    }

    /// Exactly `{"status":"healthy"}` while nothing is wrong; packs that do not serve are named.
    @Get(produces = MediaType.ALL)
    HttpResponse<byte[]> health() {
        if (draining.isDraining()) {
            return unavailable("draining");
        }
        ObjectNode body = JSON.createObjectNode().put("status", "healthy");
        List<HealthProblem> found = problems.current();
        if (!found.isEmpty()) {
            ArrayNode packs = body.putArray("packs");
            found.forEach(it -> describe(packs.addObject(), it));
        }
        return json(HttpResponse.ok(), body);
    }

    /// The process answers.
    @Get(uri = "/liveness", produces = MediaType.ALL)
    HttpResponse<byte[]> liveness() {
        return json(HttpResponse.ok(), JSON.createObjectNode().put("status", "alive"));
    }

    /// The store answers, and new turns are welcome.
    @Get(uri = "/readiness", produces = MediaType.ALL)
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<byte[]> readiness() {
        if (draining.isDraining()) {
            return unavailable("draining");
        }
        return store.isReachable()
                ? json(HttpResponse.ok(), JSON.createObjectNode().put("status", "ready"))
                : unavailable("store_unavailable");
    }

    private static void describe(ObjectNode pack, HealthProblem problem) {
        pack.put("name", problem.pack()).put("status", problem.status());
        ArrayNode problems = pack.putArray("problems");
        problem.problems().forEach(problems::add);
    }

    private static HttpResponse<byte[]> unavailable(String status) {
        return json(
                HttpResponse.status(io.micronaut.http.HttpStatus.SERVICE_UNAVAILABLE)
                        .header("Retry-After", "5"),
                JSON.createObjectNode().put("status", status));
    }

    private static HttpResponse<byte[]> json(MutableHttpResponse<?> response, ObjectNode body) {
        return response.contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    }
}
