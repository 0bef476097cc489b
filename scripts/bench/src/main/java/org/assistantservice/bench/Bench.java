package org.assistantservice.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assistantservice.bench.report.Bound;
import org.assistantservice.bench.report.Gate;
import org.assistantservice.bench.report.Row;
import org.assistantservice.bench.report.RowsJson;
import org.assistantservice.bench.report.Table;
import org.assistantservice.bench.sut.Build;
import org.assistantservice.bench.sut.Cores;
import org.assistantservice.bench.sut.Servers;

/// The command line. Prints a Markdown table, and writes it beside the raw rows as JSON.
///
/// The environment may give `BENCH_JVM`, more options of the service's JVM, and `BENCH_LAUNCHER`,
/// another build of the service. `BENCH_OTHER_JVM` and `BENCH_OTHER` are the same for the side
/// "other", which is compared with it in one run. `BENCH_COMMIT` names the commit where git cannot.
final class Bench {
    private static final String LAUNCHER = "service/target/assistant-service";

    private Bench() {}

    public static void main(String... args) throws IOException, InterruptedException {
        Options options = new Options(args);
        Build service = build("BENCH_LAUNCHER", "BENCH_JVM");
        Build other = build("BENCH_OTHER", "BENCH_OTHER_JVM");
        Gate gate = new Gate(Side.SERVICE.label(), Point.FAULTS, measurable(Bound.parse(bounds())));
        long begun = System.nanoTime();
        List<Row> rows;
        List<String> violations;
        try (Rig rig = new Rig(service, other)) {
            Scenarios scenarios = new Scenarios(rig, options, gate);
            rows = scenarios.run();
            violations = scenarios.violations();
        }
        report(options, about(service, Duration.ofNanos(System.nanoTime() - begun)), rows);
        if (options.scenario().equals("quick")) {
            judge(violations);
        }
    }

    /// The bounds that this machine can measure.
    private static List<Bound> measurable(List<Bound> bounds) {
        return bounds.stream()
                .filter(it -> Servers.hasNginx() || !it.against().equals(Side.NGINX.label()))
                .toList();
    }

    /// Ends the process with 1 if a bound is not kept.
    private static void judge(List<String> violations) {
        if (violations.isEmpty()) {
            System.out.println(
                    "✅ All bounds are kept."
                            + (Servers.hasNginx() ? "" : " (Without nginx: it is not installed.)"));
            return;
        }
        violations.forEach(it -> System.out.println("❌ " + it));
        System.exit(1);
    }

    private static String bounds() throws IOException {
        try (InputStream text = Bench.class.getResourceAsStream("bounds.txt")) {
            if (text == null) {
                throw new IllegalStateException("The bench lacks bounds.txt");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> about(Build service, Duration took)
            throws InterruptedException {
        String jvm = service.jvm();
        Path folder = service.launcher().toAbsolutePath().getParent();
        Map<String, String> about = new LinkedHashMap<>();
        about.put("time", Instant.now().toString());
        about.put("took", took.toMinutes() + " min " + took.toSecondsPart() + " s");
        about.put(
                "commit",
                environment("BENCH_COMMIT", folder == null ? Commit.UNKNOWN : Commit.of(folder)));
        about.put("machine", Machine.description());
        about.put("cores", Cores.ofThisMachine().description());
        about.put("service JVM", jvm.isEmpty() ? "of the launcher" : "of the launcher and " + jvm);
        return about;
    }

    private static void report(Options options, Map<String, String> about, List<Row> rows)
            throws IOException {
        String table =
                about.entrySet().stream()
                                .map(it -> "* %s: %s\n".formatted(it.getKey(), it.getValue()))
                                .reduce("", String::concat)
                        + "\n"
                        + new Table(rows).markdown();
        Path out = options.out().toAbsolutePath();
        Files.createDirectories(out.getParent());
        Files.writeString(Path.of(out + ".md"), table);
        Files.writeString(Path.of(out + ".json"), RowsJson.of(about, rows));
        System.out.println(table);
        System.err.println("Rows: " + out + ".json");
    }

    private static Build build(String launcherName, String jvmName) {
        Path launcher = Path.of(environment(launcherName, LAUNCHER));
        if (!Files.exists(launcher)) {
            throw new IllegalStateException("No %s. Run: make package".formatted(launcher));
        }
        return new Build(launcher, environment(jvmName, ""));
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
