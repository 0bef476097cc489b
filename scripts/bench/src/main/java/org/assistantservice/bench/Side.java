package org.assistantservice.bench;

import java.util.Locale;
import org.assistantservice.bench.load.Target;
import org.assistantservice.bench.load.Target.Api;
import org.assistantservice.bench.sut.ServerUnderTest;

/// Who is measured.
enum Side {
    /// The service.
    SERVICE(Api.CHAT),
    /// Another build of the service, or the same with other options.
    OTHER(Api.CHAT),
    /// The service over its WebSocket.
    SOCKET(Api.SOCKET),
    /// The raw Netty loop.
    NETTY(Api.CHAT),
    /// The plain proxy: one model call, no tool.
    NGINX(Api.COMPLETIONS);

    private final Api api;

    Side(Api api) {
        this.api = api;
    }

    static Side named(String name) {
        return valueOf(name.strip().toUpperCase(Locale.ROOT));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether this side runs the tool of the workload.
    boolean runsTools() {
        return api != Api.COMPLETIONS;
    }

    /// Whether its code gets faster while it is used, so that a new load must settle first.
    boolean compilesAsItRuns() {
        return this != NGINX;
    }

    /// On the core of the servers under test.
    ServerUnderTest start(Rig rig) throws InterruptedException {
        return start(rig, "0");
    }

    /// @param cores where it may run, e.g. `0,1`
    ServerUnderTest start(Rig rig, String cores) throws InterruptedException {
        return switch (this) {
            case SERVICE, SOCKET -> rig.servers().service(cores);
            case OTHER -> rig.servers().with(rig.other()).service(cores);
            case NETTY -> rig.servers().floor(cores);
            case NGINX -> rig.servers().nginx(cores);
        };
    }

    Target target(ServerUnderTest server) {
        return Target.of(server.port(), api);
    }
}
