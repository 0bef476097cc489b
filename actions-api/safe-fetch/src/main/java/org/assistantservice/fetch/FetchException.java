package org.assistantservice.fetch;

import java.io.IOException;

/// Ends a fetch early; becomes its result.
final class FetchException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient FetchResult result;

    FetchException(FetchResult result) {
        super(result.getClass().getSimpleName());
        this.result = result;
    }

    static FetchException refused(String reason) {
        return new FetchException(new FetchResult.Refused(reason));
    }

    FetchResult result() {
        return result;
    }
}
