package org.assistantservice.scripts.pack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.assistantservice.scripts.ProgramVersion;
import org.assistantservice.scripts.Streams;
import org.assistantservice.scripts.pack.NewAssistant.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `new-assistant`: starts a module for an assistant, with an action, a test and a configuration.
@Command(
        name = "new-assistant",
        description = "Starts a new assistant: a Maven module that builds and runs as it is.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false)
public final class NewAssistantCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "Name of the folder, e.g. orders: lower-case letters, digits and hyphens.")
    private String name = "";

    @Option(
            names = "--sources",
            paramLabel = "FOLDER",
            description = "Where the sources of Assistant Service are (default: here).")
    private Path sources = Path.of("");

    public NewAssistantCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        try {
            var made = new NewAssistant(sources.toAbsolutePath().normalize(), name);
            List<String> files = made.write();
            streams.out().println("Created assistants/%s:".formatted(name));
            files.forEach(file -> streams.out().println("  " + file));
            streams.out().print(next(made.className()));
            streams.out().flush();
            return 0;
        } catch (RefusedException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(
                    "assistants/%s was not made: %s: %s"
                            .formatted(name, e.getClass().getSimpleName(), e.getMessage()));
        }
    }

    private int failed(String text) {
        streams.err().println(text);
        streams.err().flush();
        return 1;
    }

    private String next(String className) {
        return """

        Next:
          make package      builds assistants/%1$s/%1$s-actions.jar; a running service picks it up
          make action ARGS="call %1$s.greet '{\\"name\\":\\"Ana\\"}'"
          make unit-test ARGS='-pl assistants/%1$s -am -Dtest=%2$sTest'
        """
                .formatted(name, className);
    }
}
