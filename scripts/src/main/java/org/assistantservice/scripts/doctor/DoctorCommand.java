package org.assistantservice.scripts.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.scripts.ProgramVersion;
import org.assistantservice.scripts.Settings;
import org.assistantservice.scripts.Streams;
import org.assistantservice.scripts.pack.Packs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `doctor`: checks an installation; exit code 1 if something does not work.
@Command(
        name = "doctor",
        description = "Checks Java, packs, assistants, store, model endpoint and port.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        sortOptions = false)
public final class DoctorCommand implements Callable<Integer> {
    private final Streams streams;
    private final Settings.Source settings;
    private final Packs.Opener packs;

    @Option(names = "--json", description = "Prints one JSON object instead.")
    private boolean json;

    /// @param settings read when the command needs them
    public DoctorCommand(Streams streams, Settings.Source settings, Packs.Opener packs) {
        this.streams = streams;
        this.settings = settings;
        this.packs = packs;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings read = settings.read();
        List<Finding> findings = new ArrayList<>();
        List<ActionDefinition> actions = new ArrayList<>();
        try (var probe = new Probe()) {
            findings.addAll(new ServiceChecks(read, probe).all());
        }
        try (Packs opened = packs.open(read)) {
            findings.addAll(new PackChecks(read, opened).all());
            findings.addAll(new AssistantChecks(read, opened.actions()).all());
            actions.addAll(opened.actions().current().definitions());
        } catch (IOException e) {
            findings.add(
                    Finding.problem(
                            "pack",
                            "Packs cannot be loaded: " + e.getMessage(),
                            "Make room in the folder for temporary files"));
        }
        var report = new DoctorReport(findings, actions);
        streams.out().print(json ? report.json() : report.text());
        streams.out().flush();
        return report.isHealthy() ? 0 : 1;
    }
}
