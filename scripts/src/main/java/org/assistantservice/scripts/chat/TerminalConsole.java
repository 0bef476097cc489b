package org.assistantservice.scripts.chat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;

/// A real terminal: lines can be edited, earlier ones come back with the arrow keys.
final class TerminalConsole implements Console {
    private static final int HISTORY_LINES = 1000;

    private final Terminal terminal;
    private final LineReader reader;

    private TerminalConsole(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    /// @param history file that keeps the lines; made when missing
    static TerminalConsole open(Path history) throws IOException {
        Terminal terminal = TerminalBuilder.builder().system(true).nativeSignals(true).build();
        LineReader reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .appName("assistant-chat")
                        .variable(LineReader.HISTORY_FILE, history)
                        .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                        .build();
        return new TerminalConsole(terminal, reader);
    }

    @Override
    public Line read(String prompt) {
        try {
            return new Typed(reader.readLine(prompt));
        } catch (UserInterruptException e) {
            return new Interrupted();
        } catch (EndOfFileException e) {
            return new End();
        }
    }

    @Override
    public PrintWriter out() {
        return terminal.writer();
    }

    @Override
    public boolean isTerminal() {
        return true;
    }

    @Override
    public Interrupts interrupts() {
        return new Interrupts() {
            @Override
            public <T> T during(Runnable reaction, Supplier<T> work) {
                SignalHandler before = terminal.handle(Signal.INT, _ -> reaction.run());
                try {
                    return work.get();
                } finally {
                    terminal.handle(Signal.INT, before);
                }
            }
        };
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The terminal could not be restored", e);
        }
    }
}
