package org.assistantservice.server;

import io.micronaut.http.HttpStatus;
import org.assistantservice.identity.CorrelationId;

/// How one protocol tells its callers what went wrong. A bean of this type is asked for every error
/// on a path that it covers, errors of the framework included; the longest prefix wins. Must not
/// block; thread-safe.
public interface ErrorBody {
    /// The paths it covers, e.g. `/v1`: that path itself and all below it.
    Iterable<String> prefixes();

    /// The body, as JSON text.
    String json(Problem problem, CorrelationId correlationId);

    /// The status, where the protocol has another one for it.
    default HttpStatus status(Problem problem) {
        return problem.status();
    }
}
