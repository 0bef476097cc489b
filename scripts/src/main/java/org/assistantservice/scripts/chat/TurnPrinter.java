package org.assistantservice.scripts.chat;

import java.io.PrintWriter;
import java.util.Locale;
import org.assistantservice.scripts.chat.Answer.ActionCalled;
import org.assistantservice.scripts.chat.TurnEvent.ActionsAsked;
import org.assistantservice.scripts.chat.TurnEvent.ActionsDone;
import org.assistantservice.scripts.chat.TurnEvent.Asked;
import org.assistantservice.scripts.chat.TurnEvent.Discarded;
import org.assistantservice.scripts.chat.TurnEvent.Frame;
import org.assistantservice.scripts.chat.TurnEvent.NextMessage;
import org.assistantservice.scripts.chat.TurnEvent.RunSeen;
import org.assistantservice.scripts.chat.TurnEvent.Text;

/// Shows one answer as it arrives: its text, and a line for each action. One per answer.
final class TurnPrinter {
    private static final int MAX_RESULT = 100;
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final Answer answer;
    private final boolean isQuiet;
    private boolean inText;
    private boolean waiting;

    /// @param isQuiet shows the text and errors only
    TurnPrinter(Console console, Answer answer, boolean isQuiet) {
        this.out = console.out();
        this.isTerminal = console.isTerminal();
        this.answer = answer;
        this.isQuiet = isQuiet;
    }

    void show(TurnEvent event) {
        var finished = answer.add(event);
        switch (event) {
            case Frame _ -> {
                return;
            }
            case RunSeen _ -> {
                return;
            }
            case Text(String text) -> text(text);
            case NextMessage _ -> endText();
            case ActionsAsked(var calls) -> calls.forEach(this::running);
            case ActionsDone _ -> finished.forEach(this::done);
            case Discarded _ -> {
                endText();
                line("[Answer interrupted; it is being made again]");
            }
        }
        out.flush();
    }

    /// Shows how the answer ended.
    void end(TurnEnd end) {
        eraseRunning();
        if (end instanceof TurnEnd.Completed && answer.text().isEmpty()) {
            endText();
            out.println("[No response generated]");
        }
        endText();
        if (!(isQuiet && end instanceof TurnEnd.Completed)) {
            end.notice().ifPresent(notice -> out.println(Console.printable(notice)));
        }
        out.flush();
    }

    private void text(String text) {
        eraseRunning();
        if (!inText) {
            out.print("Assistant: ");
            inText = true;
        }
        out.print(Console.printable(text));
    }

    private void endText() {
        if (inText) {
            out.println();
            inText = false;
        }
    }

    /// On a terminal the line goes again when the action is done.
    private void running(Asked call) {
        if (!isTerminal || isQuiet) {
            return;
        }
        eraseRunning();
        endText();
        out.print(DIM + "  … " + Console.printable(call.name()) + PLAIN);
        waiting = true;
    }

    private void eraseRunning() {
        if (waiting) {
            out.print(ERASE_LINE);
            waiting = false;
        }
    }

    private void done(ActionCalled call) {
        eraseRunning();
        endText();
        if (isQuiet) {
            return;
        }
        String time =
                call.seconds().isPresent()
                        ? String.format(Locale.ROOT, " %.2fs", call.seconds().getAsDouble())
                        : "";
        line("  ⚙ %s%s → %s".formatted(call.name(), time, shortened(call.output())));
    }

    private void line(String text) {
        String printable = Console.printable(text);
        out.println(isTerminal ? DIM + printable + PLAIN : printable);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= MAX_RESULT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_RESULT)) + "…";
    }
}
