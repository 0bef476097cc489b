package org.assistantservice.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/// Fetches an address that a model or a web page names, without reaching anything that is not
/// public.
///
/// - Only `http` and `https`, only the ports of [FetchRules], no user names in the address.
/// - The host's name is looked up once for each request; if any address found is private, loopback,
///   link-local, multicast, reserved, or of a cloud's metadata service, nothing is connected to.
///   The connection goes to an address that was checked; TLS still checks the certificate against
///   the name.
/// - The same holds for every redirect.
/// - Size after decompression, type, number of redirects and the time of the whole fetch are
///   bounded.
///
/// The exceptions are the hosts that [FetchRules#allowed()] names. A proxy is never used, since it
/// would look names up by itself. Thread-safe; close it with its owner.
public final class SafeFetch implements AutoCloseable {
    private final FetchRules rules;
    private final CloseableHttpClient http;

    SafeFetch(
            FetchRules rules, Names names, Predicate<InetAddress> isPublic, TlsSocketStrategy tls) {
        this.rules = rules;
        this.http =
                HttpConnections.open(
                        new CheckedNames(names, isPublic, rules.origins()), tls, rules.timeLimit());
    }

    /// A fetch by these rules.
    public static SafeFetch by(FetchRules rules) {
        return new SafeFetch(
                rules,
                host -> List.of(InetAddress.getAllByName(host)),
                PublicAddresses::has,
                DefaultClientTlsStrategy.createDefault());
    }

    /// Fetches by GET and waits for the answer, no longer than the rules' time limit.
    ///
    /// @throws InterruptedException if the waiting thread is interrupted; the fetch ends then
    public FetchResult fetch(FetchRequest request) throws InterruptedException {
        FetchTask task = new FetchTask(http, rules, request);
        FutureTask<FetchResult> running = new FutureTask<>(task);
        // A thread of its own, because neither a name look-up nor a slow head ends in time by
        // itself.
        Thread.ofVirtual().name("safe-fetch").start(running);
        try {
            return running.get(rules.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new FetchResult.TimedOut();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A fetch broke", e.getCause());
        } finally {
            task.cancel();
        }
    }

    /// Ends fetches that are under way.
    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
