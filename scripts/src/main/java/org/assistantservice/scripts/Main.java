package org.assistantservice.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import org.assistantservice.scripts.chat.ChatCommand;
import org.assistantservice.scripts.doctor.DoctorCommand;
import org.assistantservice.scripts.pack.ActionCommand;
import org.assistantservice.scripts.pack.LibraryPacks;
import org.assistantservice.scripts.pack.NewAssistantCommand;
import org.assistantservice.scripts.register.RegisterCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The command line of Assistant Service.
@Command(
        name = "assistant-scripts",
        description = "Registers assistants, chats in the terminal, checks an installation.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class)
public final class Main {
    private static final String LEVEL = "LOGGING_LEVEL";

    private Main() {}

    /// Runs one command and ends with its exit code: 0 done, 1 failed, 2 wrong usage.
    public static void main(String[] args) {
        // Standard output is for results, whatever the service's classes log.
        System.setProperty("STREAM", "stderr");
        System.setProperty(LEVEL, System.getenv().getOrDefault(LEVEL, "WARNING"));
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
        System.exit(run(Streams.ofProcess(), args));
    }

    static int run(Streams streams, String... args) {
        Settings.Source settings = Settings::ofProcess;
        return new CommandLine(new Main())
                .addSubcommand(new ChatCommand(streams))
                .addSubcommand(new RegisterCommand(streams, settings, LibraryPacks::open))
                .addSubcommand(new DoctorCommand(streams, settings, LibraryPacks::open))
                .addSubcommand(new ActionCommand(streams, settings, LibraryPacks::open))
                .addSubcommand(new NewAssistantCommand(streams))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(streams.out())
                .setErr(streams.err())
                .execute(args);
    }
}
