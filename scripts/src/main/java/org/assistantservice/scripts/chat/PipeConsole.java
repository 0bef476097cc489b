package org.assistantservice.scripts.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/// Plain reading and writing, for pipes and files.
final class PipeConsole implements Console {
    private final BufferedReader in;
    private final PrintWriter out;

    PipeConsole(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Line read(String prompt) {
        out.print(prompt);
        out.flush();
        try {
            String line = in.readLine();
            return line == null ? new End() : new Typed(line);
        } catch (IOException e) {
            return new End();
        }
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public boolean isTerminal() {
        return false;
    }

    @Override
    public Interrupts interrupts() {
        return new Interrupts() {
            @Override
            public <T> T during(Runnable reaction, Supplier<T> work) {
                Object before = Signals.register("INT", reaction);
                try {
                    return work.get();
                } finally {
                    Signals.unregister("INT", before);
                }
            }
        };
    }

    @Override
    public void close() {
        out.flush();
    }
}
