package org.assistantservice.server;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;

/// Who may see and change what is everybody's: without keys anybody, with keys those that are
/// named. Thread-safe.
@Singleton
public final class Administrators {
    private final boolean isOpen;
    private final List<String> names;

    Administrators(ApiKeys keys, AdministratorSettings settings) {
        this.isOpen = keys.isEmpty();
        this.names = settings.names();
    }

    /// Refuses whoever is none.
    ///
    /// @throws ProblemException 401
    public void check(HttpRequest<?> request) {
        if (!isOpen && !names.contains(Caller.principal(request).name())) {
            throw Problem.unauthorized().toException();
        }
    }
}
