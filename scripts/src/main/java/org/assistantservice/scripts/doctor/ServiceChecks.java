package org.assistantservice.scripts.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assistantservice.scripts.Settings;
import org.assistantservice.scripts.doctor.Probe.Reply;

/// Checks what surrounds the service: Java, port, store and model endpoint.
final class ServiceChecks {
    private static final int JAVA = 25;
    private static final int POSTGRESQL = 5432;
    private static final String OPENAI = "https://api.openai.com/v1";
    private static final String JDBC = "jdbc:";

    private final Settings settings;
    private final Probe probe;

    ServiceChecks(Settings settings, Probe probe) {
        this.settings = settings;
        this.probe = probe;
    }

    List<Finding> all() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        String health = health();
        findings.add(port(health));
        findings.add(store(!health.isEmpty()));
        findings.add(model());
        return findings;
    }

    private static Finding java() {
        Runtime.Version version = Runtime.version();
        return version.feature() >= JAVA
                ? Finding.ok("java", "Java " + version)
                : Finding.problem(
                        "java",
                        "Java %s is older than %d".formatted(version, JAVA),
                        "Install a JDK %d and set JAVA_HOME to its folder".formatted(JAVA));
    }

    /// The answer of a service on the port; empty if there is none.
    private String health() throws InterruptedException {
        try {
            Reply reply = probe.get("http://localhost:%d/health".formatted(settings.port()), "");
            return reply.body().startsWith("{\"status\"") ? reply.body() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private Finding port(String health) {
        int port = settings.port();
        if (health.startsWith("{\"status\":\"healthy\"}")) {
            return Finding.ok("port", "A healthy service is running on port " + port);
        }
        if (!health.isEmpty()) {
            return Finding.warning(
                    "port",
                    "A service is running on port %d and says %s".formatted(port, health),
                    "See its log; the packs and assistants below may say why");
        }
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
            return Finding.ok("port", "Port %d is free".formatted(socket.getLocalPort()));
        } catch (IOException e) {
            return Finding.problem(
                    "port",
                    "Port %d is taken by another program".formatted(port),
                    "Stop that program, or set PORT to another number");
        }
    }

    private Finding store(boolean isRunning) {
        String url = settings.databaseUrl();
        if (!url.isEmpty()) {
            return database(url);
        }
        Path folder = settings.storeFolder();
        Path existing = folder;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.problem(
                    "store",
                    "Nothing can be written to " + folder,
                    "Set DATA_DIR to a folder that this user may write to");
        }
        return Finding.ok(
                "store",
                isRunning
                        ? "SQLite in %s, in use by the running service".formatted(folder)
                        : "SQLite in %s, which can be written".formatted(folder));
    }

    private Finding database(String url) {
        try {
            URI uri = URI.create(url.startsWith(JDBC) ? url.substring(JDBC.length()) : url);
            String host = String.valueOf(uri.getHost());
            int port = uri.getPort() < 0 ? POSTGRESQL : uri.getPort();
            probe.connect(host, port);
            return Finding.ok("store", "PostgreSQL listens at %s:%d".formatted(host, port));
        } catch (IOException | IllegalArgumentException e) {
            return Finding.problem(
                    "store",
                    "The database of DATABASE_URL cannot be reached",
                    "Start PostgreSQL, or correct DATABASE_URL"
                            + " (jdbc:postgresql://host:port/database)");
        }
    }

    private Finding model() throws InterruptedException {
        Settings.Model model = settings.model();
        if (model.isOffline()) {
            return Finding.ok(
                    "model", "The offline model answers; set OPENAI_API_KEY to ask a real one");
        }
        String base = model.baseUrl().isEmpty() ? OPENAI : model.baseUrl();
        String address = base.replaceAll("/+$", "");
        try {
            int status = probe.get(address + "/models", model.apiKey()).status();
            return answered(address, status);
        } catch (IOException e) {
            return Finding.problem(
                    "model",
                    "%s does not answer".formatted(address),
                    "Start the endpoint, or correct OPENAI_BASE_URL");
        }
    }

    private static Finding answered(String address, int status) {
        return switch (status) {
            case 200 -> Finding.ok("model", "%s answers".formatted(address));
            case 401, 403 ->
                    Finding.problem(
                            "model",
                            "%s refuses the key with status %d".formatted(address, status),
                            "Correct OPENAI_API_KEY");
            default ->
                    Finding.warning(
                            "model",
                            "%s/models answers with status %d".formatted(address, status),
                            "Correct OPENAI_BASE_URL, unless this endpoint has no list of models");
        };
    }
}
