package org.assistantservice.scripts.chat;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.assistantservice.scripts.chat.Console.End;
import org.assistantservice.scripts.chat.Console.Interrupted;
import org.assistantservice.scripts.chat.Console.Typed;
import org.assistantservice.scripts.chat.ServiceClient.Started;
import org.assistantservice.scripts.chat.Turns.Question;

/// The conversation at the prompt, from the greeting to the goodbye.
final class ChatSession {
    private static final String RULE = "=".repeat(60);

    private final Console console;
    private final PrintWriter out;
    private final Asking asking;
    private final ServiceAddress address;
    private final Manner manner;
    private Optional<Question> last = Optional.empty();

    ChatSession(Console console, Asking asking, ServiceAddress address, Manner manner) {
        this.console = console;
        this.out = console.out();
        this.asking = asking;
        this.address = address;
        this.manner = manner;
    }

    /// Greets on a new thread.
    void greet(Started started) {
        banner("New conversation started!");
        out.println("Thread ID: " + started.threadId());
        if (manner.transport() != Transport.WS) {
            out.println("Correlation ID: " + started.correlationId());
        }
        if (!started.initialMessage().isEmpty()) {
            out.println("Assistant: " + Console.printable(started.initialMessage()));
        }
        out.println(RULE);
        out.flush();
    }

    /// Says that a known thread goes on.
    void resume(String threadId) {
        banner("Continuing conversation with thread: " + threadId);
        out.println(RULE);
        out.flush();
    }

    /// Says how to end.
    void instruct() {
        if (manner.transport() == Transport.WS) {
            out.println("Connected! Type 'exit' or 'quit' to end the conversation.");
        } else {
            out.println("Type 'exit' or 'quit' to end the conversation.");
            out.println("Type 'curl' to see the equivalent curl command.");
        }
        out.flush();
    }

    /// Asks for lines and answers them until the user has enough.
    void converse(String threadId) {
        while (true) {
            out.println();
            switch (console.read("You: ")) {
                case Typed(String text) -> {
                    if (!handle(threadId, text.strip())) {
                        return;
                    }
                }
                case Interrupted _ -> {
                    out.println("Conversation interrupted.");
                    out.flush();
                    return;
                }
                case End _ -> {
                    out.println();
                    goodbye();
                    return;
                }
            }
        }
    }

    /// @return whether the conversation goes on
    private boolean handle(String threadId, String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> {
                return true;
            }
            case "exit", "quit" -> {
                goodbye();
                return false;
            }
            case "curl" -> curl(threadId);
            default -> {
                var question = new Question(threadId, text);
                last = Optional.of(question);
                ask(question);
            }
        }
        out.flush();
        return true;
    }

    private void ask(Question question) {
        var answer = new Answer(System::nanoTime);
        var printer = new TurnPrinter(console, answer, manner.isQuiet());
        TurnEnd end = asking.ask(question, answer, printer::show);
        printer.end(end);
    }

    private void curl(String threadId) {
        Question shown = last.orElse(new Question(threadId, "Hello!"));
        out.println("Equivalent curl command:");
        out.println(CurlCommand.of(address, shown, manner.transport() != Transport.JSON));
    }

    private void banner(String title) {
        out.println();
        out.println(RULE);
        out.println(title);
    }

    private void goodbye() {
        out.println("Goodbye!");
        out.flush();
    }

    /// @param isQuiet answers and errors only, no greeting and no times
    record Manner(Transport transport, boolean isQuiet) {}
}
