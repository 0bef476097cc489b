package org.assistantservice.blackbox;

import java.io.IOException;
import java.nio.file.Path;
import org.assistantservice.testing.ScriptedModelServer;

/// A started service with the test pack and a scripted model of its own; what most test classes
/// share between their tests.
///
/// @param api a client of the service
record RunningService(ScriptedModelServer model, ServiceProcess service, ChatApi api)
        implements AutoCloseable {

    /// @param settings names and values of further environment variables, alternating
    static RunningService in(Path folder, String... settings)
            throws IOException, InterruptedException {
        ScriptedModelServer model = ScriptedModelServer.start();
        ServiceProcess service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "sk-canary-123456")
                        .with("WITNESS", folder.resolve("witness"));
        for (int i = 0; i < settings.length; i += 2) {
            service.with(settings[i], settings[i + 1]);
        }
        TestPack.drop(service);
        service.start();
        return new RunningService(model, service, new ChatApi(service));
    }

    @Override
    public void close() throws IOException {
        service.close();
        model.close();
    }
}
