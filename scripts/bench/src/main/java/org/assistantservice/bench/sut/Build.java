package org.assistantservice.bench.sut;

import java.nio.file.Path;

/// A packaged service.
///
/// @param launcher its start script, its JAR beside it
/// @param jvm options of its JVM besides those of the launcher
public record Build(Path launcher, String jvm) {}
