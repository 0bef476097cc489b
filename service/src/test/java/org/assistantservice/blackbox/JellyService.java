package org.assistantservice.blackbox;

import java.io.IOException;
import java.nio.file.Path;
import org.assistantservice.testing.ScriptedModelServer;

/// A started service whose JellyChat assistant is [JellyPack]'s, with a scripted model.
record JellyService(ScriptedModelServer model, ServiceProcess service, JellyApi api)
        implements AutoCloseable {

    /// @param jvm further options of its JVM
    static JellyService in(Path folder, String... jvm) throws IOException, InterruptedException {
        ScriptedModelServer model = ScriptedModelServer.start();
        ServiceProcess service = prepared(folder, model);
        for (String option : jvm) {
            service.jvm(option);
        }
        service.start();
        return new JellyService(model, service, new JellyApi(service));
    }

    static ServiceProcess prepared(Path folder, ScriptedModelServer model) throws IOException {
        ServiceProcess service =
                ServiceProcess.in(folder)
                        .with("OPENAI_BASE_URL", model.baseUrl())
                        .with("OPENAI_API_KEY", "sk-canary-123456")
                        .with("JELLYCHAT_ASSISTANT_ID", JellyPack.NAME);
        JellyPack.drop(service);
        return service;
    }

    @Override
    public void close() throws IOException {
        service.close();
        model.close();
    }
}
