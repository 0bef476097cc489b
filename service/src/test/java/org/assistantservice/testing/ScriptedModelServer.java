package org.assistantservice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assistantservice.testing.HttpRequestReader.RawRequest;
import org.assistantservice.testing.ScriptedConnection.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// A model endpoint on the loopback that speaks real Chat Completions and answers as it was told.
/// Thread-safe.
///
/// ```java
/// try (var model = ScriptedModelServer.start()) {
///     model.enqueue(Turn.of(call("call_1", "get_weather", "{\"loc", "ation\":\"Paris\"}")));
///     model.enqueue(Turn.text("Sunny", " in Paris."));
///     // … OPENAI_BASE_URL = model.baseUrl() …
///     assertThat(model.requests()).hasSize(2);
///     assertThat(model.unscripted()).isEmpty();
/// }
/// ```
///
/// The answer to a request is, in this order: the next turn of the first tag (see [#onTag]) that
/// the last user message contains; what [#answer] says; the next turn of the queue. A request that
/// finds none is answered with 500 and listed in [#unscripted].
public final class ScriptedModelServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ServerSocket server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Turn> queue = new ArrayDeque<>();
    private final Map<String, Queue<Turn>> tags = new LinkedHashMap<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<String> unscripted = new CopyOnWriteArrayList<>();
    private final Set<ScriptedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Function<RecordedRequest, @Nullable Turn> answers = request -> null;

    private ScriptedModelServer(ServerSocket server) {
        this.server = server;
    }

    /// Starts on a free port.
    public static ScriptedModelServer start() throws IOException {
        return start(0);
    }

    public static ScriptedModelServer start(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
        ScriptedModelServer server = new ScriptedModelServer(socket);
        Thread.ofPlatform().daemon().name("scripted-model").start(server::accept);
        return server;
    }

    /// A server for trials by hand: `ScriptedModelServer [port]`; what the user writes is the
    /// script, see [SpokenScript].
    public static void main(String[] args) throws IOException, InterruptedException {
        ScriptedModelServer server = start(args.length == 0 ? 0 : Integer.parseInt(args[0]));
        server.answer(SpokenScript::turn);
        System.out.println("scripted model ready on " + server.baseUrl());
        Thread.currentThread().join();
    }

    /// What to set as `OPENAI_BASE_URL`, e.g. `http://127.0.0.1:40123/v1`.
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    /// Adds turns for the requests to come, whoever sends them.
    public ScriptedModelServer enqueue(Turn... turns) {
        locked(() -> queue.addAll(Arrays.asList(turns)));
        return this;
    }

    /// Adds turns for requests whose last user message contains `tag`.
    public ScriptedModelServer onTag(String tag, Turn... turns) {
        locked(() ->
                tags.computeIfAbsent(tag, name -> new ArrayDeque<>()).addAll(Arrays.asList(turns)));
        return this;
    }

    /// Computes answers; null leaves the request to the queue.
    public ScriptedModelServer answer(Function<RecordedRequest, @Nullable Turn> function) {
        answers = function;
        return this;
    }

    /// All requests so far, in order of arrival.
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /// Requests that the script had no turn for, each as one line.
    public List<String> unscripted() {
        return List.copyOf(unscripted);
    }

    /// How many scripted turns nobody has asked for.
    public int unused() {
        return locked(() -> queue.size() + tags.values().stream().mapToInt(Queue::size).sum());
    }

    /// Connections that are open now, idle ones kept alive by the client included.
    public int openConnections() {
        return open.size();
    }

    /// Connections accepted since the start.
    public int acceptedConnections() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(ScriptedConnection::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                accepted.incrementAndGet();
                ScriptedConnection connection = new ScriptedConnection(socket, this::record);
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(ScriptedConnection connection) {
        try {
            connection.serve();
        } catch (IOException | InterruptedException e) {
            // A client that breaks off is part of many scripts.
            connection.close();
        } finally {
            open.remove(connection);
        }
    }

    private Answer record(RawRequest raw) {
        return locked(() -> {
            RecordedRequest request = parsed(raw, requests.size());
            requests.add(request);
            return new Answer(turn(request), request);
        });
    }

    private static RecordedRequest parsed(RawRequest raw, int order) {
        JsonNode body = MissingNode.getInstance();
        if (raw.body().length > 0) {
            try {
                body = JSON.readTree(raw.body());
            } catch (JacksonException e) {
                throw new IllegalStateException("A request's body is no JSON", e);
            }
        }
        return new RecordedRequest(order, raw.method(), raw.target(), raw.headers(), body);
    }

    private Turn turn(RecordedRequest request) {
        if (request.target().equals("/v1/models")) {
            return Turn.status(
                    200, Map.of(), "{\"object\":\"list\",\"data\":[{\"id\":\"scripted\"}]}");
        }
        String user = request.lastUserText();
        for (Map.Entry<String, Queue<Turn>> tag : tags.entrySet()) {
            Turn next = user.contains(tag.getKey()) ? tag.getValue().poll() : null;
            if (next != null) {
                return next;
            }
        }
        Turn computed = answers.apply(request);
        Turn next = computed == null ? queue.poll() : computed;
        return next == null ? missing(request) : next;
    }

    private Turn missing(RecordedRequest request) {
        unscripted.add(
                "%s %s: %s".formatted(request.method(), request.target(), request.lastText()));
        return Turn.status(500, Map.of(), "{\"error\":{\"message\":\"Not in the script\"}}");
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
