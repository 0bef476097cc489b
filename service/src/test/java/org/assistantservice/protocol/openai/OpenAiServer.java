package org.assistantservice.protocol.openai;

import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.BeanConfiguration;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/// A real server with the routes of this protocol above the fakes, and nothing else of the service.
final class OpenAiServer implements AutoCloseable {
    final FakeThreads threads = new FakeThreads();
    final FakeRuns runs = new FakeRuns();
    final FakeAssistants assistants = new FakeAssistants();
    private final ApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    OpenAiServer(Map<String, Object> settings) {
        Map<String, Object> properties = new HashMap<>(settings);
        properties.put("micronaut.server.port", -1);
        properties.put("micronaut.server.host", "127.0.0.1");
        context =
                ApplicationContext.builder()
                        .properties(properties)
                        .singletons(threads, runs, assistants)
                        .beanConfigurations(
                                BeanConfiguration.disabled("org.assistantservice.app"),
                                BeanConfiguration.disabled("org.assistantservice.server"),
                                BeanConfiguration.disabled("org.assistantservice.protocol.chat"))
                        .start();
        base = context.getBean(EmbeddedServer.class).start().getURI();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(base + path)));
    }

    HttpResponse<String> get(String path, String header, String value)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).header(header, value));
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
