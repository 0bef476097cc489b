package org.assistantservice.bench;

import java.util.Locale;
import org.assistantservice.bench.load.Target;
import org.assistantservice.bench.load.Target.Api;
import org.assistantservice.bench.sut.ServerUnderTest;

/// Who is measured.
enum Side {
    /// The service.
    SERVICE(Api.CHAT),
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

    ServerUnderTest start(Rig rig) throws InterruptedException {
        return switch (this) {
            case SERVICE, SOCKET -> rig.servers().service("0");
            case NETTY -> rig.servers().floor();
            case NGINX -> rig.servers().nginx();
        };
    }

    Target target(ServerUnderTest server) {
        return Target.of(server.port(), api);
    }
}
