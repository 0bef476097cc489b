package org.assistantservice.scripts.chat;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assistantservice.scripts.chat.Answer.ActionCalled;
import org.assistantservice.scripts.chat.TurnEnd.Completed;
import org.assistantservice.scripts.chat.TurnEvent.Discarded;
import org.assistantservice.scripts.chat.TurnEvent.Frame;
import org.assistantservice.scripts.chat.TurnEvent.NextMessage;
import org.assistantservice.scripts.chat.TurnEvent.Text;
import org.assistantservice.scripts.chat.Turns.Question;

/// One question for a script: the answer on standard output, what went wrong on standard error.
final class OneShot {
    private final Asking asking;
    private final PrintWriter out;
    private final PrintWriter err;

    OneShot(Asking asking, PrintWriter out, PrintWriter err) {
        this.asking = asking;
        this.out = out;
        this.err = err;
    }

    /// Asks and prints.
    ///
    /// @return the exit code: 0 for a whole answer
    int ask(Question question, Output output) {
        var answer = new Answer(System::nanoTime);
        TurnEnd end = asking.ask(question, answer, printing(output, answer));
        switch (output) {
            case TEXT -> out.println();
            case JSON -> out.println(Json.write(result(question, answer, end)));
            case STREAM_JSON -> {
                Map<String, Object> last = new LinkedHashMap<>();
                last.put("event", "result");
                last.put("data", result(question, answer, end));
                out.println(Json.write(last));
            }
        }
        out.flush();
        if (end instanceof Completed) {
            return 0;
        }
        end.notice().map(Console::printable).ifPresent(err::println);
        err.flush();
        return 1;
    }

    private Consumer<TurnEvent> printing(Output output, Answer answer) {
        return switch (output) {
            case TEXT ->
                    event -> {
                        answer.add(event);
                        text(event);
                    };
            case JSON -> answer::add;
            case STREAM_JSON ->
                    event -> {
                        answer.add(event);
                        if (event instanceof Frame(String json)) {
                            out.println(json.replace("\n", " "));
                            out.flush();
                        }
                    };
        };
    }

    private void text(TurnEvent event) {
        switch (event) {
            case Text(String text) -> out.print(Console.printable(text));
            case NextMessage _ -> out.println();
            case Discarded _ -> {
                out.println();
                out.flush();
                err.println("[Answer interrupted; it is being made again]");
                err.flush();
            }
            case Frame _, TurnEvent.RunSeen _ -> {
                return;
            }
            case TurnEvent.ActionsAsked _, TurnEvent.ActionsDone _ -> {
                return;
            }
        }
        out.flush();
    }

    private static Map<String, Object> result(Question question, Answer answer, TurnEnd end) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("thread_id", question.threadId());
        result.put("run_id", answer.runId());
        result.put("text", answer.text());
        List<Map<String, Object>> actions = new ArrayList<>();
        answer.actions().forEach(action -> actions.add(json(action)));
        result.put("actions", actions);
        switch (end) {
            case Completed(var seconds) ->
                    seconds.ifPresent(value -> result.put("elapsed_time_seconds", value));
            case TurnEnd.Failed failed -> result.put("error", text(failed));
            case TurnEnd.Closed closed -> result.put("error", text(closed));
            case TurnEnd.Unreadable unreadable -> result.put("error", text(unreadable));
            case TurnEnd.Restarting restarting -> result.put("error", text(restarting));
            case TurnEnd.Abandoned abandoned -> result.put("error", text(abandoned));
        }
        return result;
    }

    private static String text(TurnEnd end) {
        return end.notice().orElse("");
    }

    private static Map<String, Object> json(ActionCalled action) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", action.callId());
        json.put("name", action.name());
        json.put("arguments", action.argumentsJson());
        json.put("output", action.output());
        action.seconds().ifPresent(seconds -> json.put("seconds", seconds));
        return json;
    }

    /// What a script gets.
    enum Output {
        /// The text as it arrives.
        TEXT,
        /// One object at the end: `thread_id`, `run_id`, `text`, `actions`, and
        /// `elapsed_time_seconds` or `error`.
        JSON,
        /// Every frame on a line of its own, and last `{"event":"result","data":…}` with that
        /// object.
        STREAM_JSON
    }
}
