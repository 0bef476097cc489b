package org.assistantservice.scripts.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assistantservice.scripts.Streams;
import org.assistantservice.scripts.chat.ChatSession.Manner;
import org.assistantservice.scripts.chat.ServiceClient.StartFailedException;
import org.assistantservice.scripts.chat.ServiceClient.Started;
import org.assistantservice.scripts.chat.Turns.Question;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `chat`: talks to a running service, at a prompt or once.
@Command(name = "chat", description = "Chat with a running service.", sortOptions = false)
public final class ChatCommand implements Callable<Integer> {
    private static final String HISTORY = ".assistant_service_history";

    private final Streams streams;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Where the service listens (default: http://localhost:8000).")
    private String baseUrl = "http://localhost:8000";

    @Option(
            names = "--thread-id",
            paramLabel = "ID",
            description = "Goes on with this thread instead of starting one.")
    private String threadId = "";

    @Option(
            names = "--assistant",
            paramLabel = "NAME",
            description = "The assistant to talk to, by name or id (default: the service's own).")
    private String assistant = "";

    @Option(names = "--stream", description = "Shows the answer as it arrives: --transport sse.")
    private boolean isStreaming;

    @Option(
            names = "--transport",
            paramLabel = "KIND",
            description = "json (default), sse (default with -p) or ws.")
    private @Nullable Transport transport;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only answers and errors: no greeting, no actions, no times.")
    private boolean quiet;

    @Option(
            names = {"-p", "--prompt"},
            paramLabel = "TEXT",
            description = "Asks this once, prints the answer and ends; - reads standard input.")
    private @Nullable String prompt;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description = "With -p: text (default), json or stream-json.")
    private String output = "text";

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for the next byte of an answer (default: 60).")
    private double timeout = 60;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "${env:ASSISTANT_API_KEY:-}",
            description = "Key of this service, if it wants one (default: $ASSISTANT_API_KEY).")
    private String apiKey = "";

    public ChatCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServiceAddress address = address();
        Optional<OneShot.Output> once = once();
        try (var service = new ServiceClient(address, apiKey);
                Console console = console(once.isPresent());
                Turns turns = turns(service)) {
            var asking = new Asking(service, turns, console.interrupts());
            if (once.isPresent()) {
                return ask(service, asking, once.get(), console);
            }
            return converse(service, asking, turns, console);
        } catch (StartFailedException e) {
            streams.err().println("Failed to start conversation: " + e.getMessage());
            streams.err().flush();
            return 1;
        }
    }

    private int ask(ServiceClient service, Asking asking, OneShot.Output form, Console console)
            throws IOException, StartFailedException, InterruptedException {
        String thread = threadId.isEmpty() ? service.start(assistant).threadId() : threadId;
        return new OneShot(asking, console.out(), streams.err())
                .ask(new Question(thread, message()), form);
    }

    private int converse(ServiceClient service, Asking asking, Turns turns, Console console)
            throws IOException, StartFailedException, InterruptedException {
        var manner = new Manner(kind(), quiet);
        var session = new ChatSession(console, asking, service.address(), manner);
        String thread = threadId;
        if (thread.isEmpty()) {
            Started started = service.start(assistant);
            thread = started.threadId();
            if (!quiet) {
                session.greet(started);
            }
        } else if (!quiet) {
            session.resume(thread);
        }
        if (turns instanceof WebSocketTurns socket) {
            if (!quiet) {
                console.out()
                        .println(
                                "Connecting to %s..."
                                        .formatted(service.address().webSocket("/ws/chat")));
                console.out().flush();
            }
            try {
                socket.open();
            } catch (IOException e) {
                throw new StartFailedException(String.valueOf(e.getMessage()));
            }
        }
        if (!quiet) {
            session.instruct();
        }
        session.converse(thread);
        return 0;
    }

    private Turns turns(ServiceClient service) {
        var silence = Duration.ofMillis(Math.round(timeout * 1000));
        return switch (kind()) {
            case JSON -> new JsonTurns(service, silence);
            case SSE -> new SseTurns(service, SseTurns.Limits.of(silence));
            case WS -> new WebSocketTurns(service, silence);
        };
    }

    private Transport kind() {
        if (transport != null) {
            return transport;
        }
        return isStreaming || prompt != null ? Transport.SSE : Transport.JSON;
    }

    private Console console(boolean plain) throws IOException {
        boolean isOurs = streams.in() == System.in;
        if (!plain && isOurs && System.console() != null && System.console().isTerminal()) {
            return TerminalConsole.open(Path.of(System.getProperty("user.home"), HISTORY));
        }
        return new PipeConsole(
                new BufferedReader(new InputStreamReader(streams.in(), UTF_8)), streams.out());
    }

    private String message() throws IOException {
        String text = String.valueOf(prompt);
        return text.equals("-") ? new String(streams.in().readAllBytes(), UTF_8).strip() : text;
    }

    private ServiceAddress address() {
        try {
            return ServiceAddress.parse(baseUrl);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Optional<OneShot.Output> once() {
        OneShot.Output form =
                switch (output) {
                    case "text" -> OneShot.Output.TEXT;
                    case "json" -> OneShot.Output.JSON;
                    case "stream-json" -> OneShot.Output.STREAM_JSON;
                    default ->
                            throw usage(
                                    "--output must be text, json or stream-json but was '%s'"
                                            .formatted(output));
                };
        if (prompt != null && prompt.isBlank()) {
            throw usage("-p must not be blank");
        }
        if (timeout <= 0) {
            throw usage("--timeout must be over 0 but was " + timeout);
        }
        return prompt == null ? Optional.empty() : Optional.of(form);
    }

    private ParameterException usage(String message) {
        return new ParameterException(
                requireNonNull(spec, "set by picocli").commandLine(), message);
    }
}
