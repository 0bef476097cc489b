package org.assistantservice.plugin;

import java.nio.file.Path;
import java.time.Duration;

/// A pack with one action, `version`, that answers with the pack's version. A call loads another
/// class of the pack and reads a resource, so that it fails if the JAR it came from is gone or
/// changed.
final class DemoPack {
    static final JarLimits LIMITS = new JarLimits(10, 10_000_000, 1000, 10_000_000, 100);

    private DemoPack() {}

    static PackSettings settings(Path root, Duration loadTimeout) {
        return new PackSettings(
                root.resolve("packs"),
                root.resolve("copies"),
                root.resolve("data"),
                2,
                3,
                loadTimeout,
                Duration.ofMillis(20));
    }

    static PackJars in(Path folder, String version) {
        return PackJars.in(folder)
                .resource("demo/version.txt", version)
                .source(
                        "demo.Demo",
                        """
                        package demo;
                        import org.assistantservice.actions.Action;
                        public class Demo {
                            @Action(name = "version", description = "Tells the version.")
                            public String version() throws java.io.IOException {
                                return Later.version();
                            }
                        }
                        class Later {
                            static String version() throws java.io.IOException {
                                try (var in = Later.class.getResourceAsStream("version.txt")) {
                                    return new String(in.readAllBytes());
                                }
                            }
                        }
                        """);
    }
}
