package org.assistantservice.samples.research;

import org.assistantservice.fetch.FetchRequest;
import org.assistantservice.fetch.FetchResult;
import org.assistantservice.fetch.SafeFetch;

/// Fetches again what failed for a reason that may pass. Thread-safe.
final class Attempts {
    private static final int MOST = 3;
    private static final int SERVER_FAULT = 500;

    private Attempts() {}

    static FetchResult fetch(SafeFetch fetch, FetchRequest request) throws InterruptedException {
        FetchResult result = fetch.fetch(request);
        for (int attempt = 1; attempt < MOST && mayPass(result); attempt++) {
            result = fetch.fetch(request);
        }
        return result;
    }

    /// A server that took too long is not asked again: the model waits, too.
    private static boolean mayPass(FetchResult result) {
        return switch (result) {
            case FetchResult.Unreachable _ -> true;
            case FetchResult.Unsuccessful(var status) -> status >= SERVER_FAULT;
            case FetchResult.Fetched _,
                    FetchResult.Refused _,
                    FetchResult.TooLarge _,
                    FetchResult.WrongType _,
                    FetchResult.TimedOut _,
                    FetchResult.TooManyRedirects _ ->
                    false;
        };
    }
}
