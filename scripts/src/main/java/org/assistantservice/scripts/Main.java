package org.assistantservice.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import org.assistantservice.scripts.chat.ChatCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/// The command line of Assistant Service.
@Command(
        name = "assistant-scripts",
        description = "Registers assistants, chats in the terminal, checks an installation.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class)
public final class Main {
    private Main() {}

    /// Runs one command and ends with its exit code: 0 done, 1 failed, 2 wrong usage.
    public static void main(String[] args) {
        // Standard output is for results, whatever the libraries have to say.
        System.setProperty("logback.configurationFile", "scripts-logback.xml");
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
        System.exit(run(Streams.ofProcess(), args));
    }

    static int run(Streams streams, String... args) {
        return new CommandLine(new Main())
                .addSubcommand(new ChatCommand(streams))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(streams.out())
                .setErr(streams.err())
                .execute(args);
    }

    /// The version that the JAR's manifest states.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {version == null ? "unpackaged" : version};
        }
    }
}
