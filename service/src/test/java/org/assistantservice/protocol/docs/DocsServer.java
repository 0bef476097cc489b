package org.assistantservice.protocol.docs;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.BeanConfiguration;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real server with the routes of all protocols, without what stands behind them.
final class DocsServer implements AutoCloseable {
    private final ApplicationContext context;
    private final URI base;
    private final HttpClient client = HttpClient.newHttpClient();

    /// @param protocols the setting, e.g. `chat`
    DocsServer(String protocols) {
        context =
                ApplicationContext.builder()
                        .properties(
                                Map.of(
                                        "micronaut.server.port",
                                        -1,
                                        "micronaut.server.host",
                                        "127.0.0.1",
                                        "assistant-service.protocols",
                                        protocols))
                        .beanConfigurations(BeanConfiguration.disabled("org.assistantservice.app"))
                        .start();
        base = context.getBean(EmbeddedServer.class).start().getURI();
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /// The paths of the OpenAPI document, each with its methods.
    JsonNode paths() throws IOException, InterruptedException {
        String document = send("GET", "/openapi.json").body();
        return JsonMapper.shared().readTree(document).required("paths");
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
