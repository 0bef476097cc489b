package org.assistantservice.protocol.chat;

import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.inject.BeanDefinitionReference;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assistantservice.run.AssistantTools;
import org.assistantservice.server.Draining;
import org.assistantservice.server.HealthProblems;
import org.assistantservice.server.HealthProblems.HealthProblem;
import org.assistantservice.server.StoreProbe;

/// The real HTTP server with this protocol's routes, above fakes of the rooms below it. The wiring
/// of the application is left out.
final class ChatServer implements AutoCloseable {
    private static final List<String> ELSEWHERE =
            List.of("org.assistantservice.app.", "org.assistantservice.protocol.openai.");

    final FakeRuns runs = new FakeRuns();
    final FakeThreads threads = new FakeThreads();
    final FakeAssistants assistants = new FakeAssistants();
    final List<HealthProblem> problems = new CopyOnWriteArrayList<>();
    final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DefaultApplicationContext context;
    private final EmbeddedServer server;

    private ChatServer(Map<String, Object> settings) {
        assistants.add(Samples.WEATHER, "");
        Map<String, Object> properties = new HashMap<>(settings);
        properties.put("micronaut.server.port", -1);
        properties.put("micronaut.server.host", "127.0.0.1");
        properties.put("micronaut.health.monitor.enabled", false);
        properties.put("micronaut.lifecycle.graceful-shutdown.enabled", false);
        context = withoutApp();
        context.getEnvironment().addPropertySource(PropertySource.of("test", properties, 1000));
        context.registerSingleton(runs)
                .registerSingleton(threads)
                .registerSingleton(assistants)
                .registerSingleton(new AssistantTools(new NoActions()))
                .registerSingleton(Clock.class, Clock.systemUTC())
                .registerSingleton(HealthProblems.class, (HealthProblems) () -> problems)
                .registerSingleton(StoreProbe.class, (StoreProbe) () -> !threads.isDown);
        context.start();
        server = context.getBean(EmbeddedServer.class).start();
    }

    static ChatServer start() {
        return new ChatServer(Map.of());
    }

    static ChatServer start(Map<String, Object> settings) {
        return new ChatServer(settings);
    }

    int port() {
        return server.getPort();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    void drain() {
        context.getBean(Draining.class).begin();
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    HttpResponse<String> chat(String thread, String message, String... headers)
            throws IOException, InterruptedException {
        return post("/chat", body(thread, message), headers);
    }

    /// Opens an event stream and returns as soon as its headers are here.
    SseStream stream(String thread, String message, String... headers)
            throws IOException, InterruptedException {
        HttpRequest request =
                request("/chat", headers)
                        .header("Accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body(thread, message)))
                        .build();
        return new SseStream(client.send(request, BodyHandlers.ofInputStream()));
    }

    SseStream streamOf(String path, String... headers) throws IOException, InterruptedException {
        return new SseStream(
                client.send(request(path, headers).GET().build(), BodyHandlers.ofInputStream()));
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    static String body(String thread, String message) {
        return "{\"thread_id\":\"%s\",\"message\":\"%s\"}".formatted(thread, message);
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }

    @SuppressWarnings("overrides")
    private static DefaultApplicationContext withoutApp() {
        ApplicationContextConfiguration test =
                new ApplicationContextConfiguration() {
                    @Override
                    public List<String> getEnvironments() {
                        return List.of("test");
                    }
                };
        return new DefaultApplicationContext(test) {
            @Override
            @SuppressWarnings("rawtypes")
            protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
                return super.resolveBeanDefinitionReferences().stream()
                        .filter(it -> ELSEWHERE.stream().noneMatch(it.getName()::startsWith))
                        .toList();
            }
        };
    }
}
