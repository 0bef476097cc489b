package org.assistantservice.protocol.commander;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import org.assistantservice.server.Caller;
import org.assistantservice.server.Problem;
import org.assistantservice.server.ServerSettings;

/// Who may see and delete everybody's assistants: without keys anybody, with keys those that are
/// named.
@Singleton
final class Administrators {
    private final boolean isOpen;
    private final List<String> names;

    Administrators(ServerSettings server, CommanderSettings settings) {
        this.isOpen = server.apiKeys().isEmpty();
        this.names = settings.administrators();
    }

    /// @throws org.assistantservice.server.ProblemException 401 if the caller is none
    void check(HttpRequest<?> request) {
        if (!isOpen && !names.contains(Caller.principal(request).name())) {
            throw Problem.unauthorized().toException();
        }
    }
}
