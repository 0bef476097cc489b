package org.assistantservice.model.openai.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Asks one URL over connections that are kept for the next request: HTTP/1.1, no redirects, no
/// cookies, no compression. Thread-safe.
public final class HttpConnections implements AutoCloseable {
    private static final long SWEEP_SECONDS = 10;

    private final URI url;
    private final Dialer dialer;
    private final ConnectionPool pool;
    private final ScheduledFuture<?> sweep;

    HttpConnections(URI url, Dialer dialer, ConnectionPool pool, EventLoopGroup loops) {
        this.url = url;
        this.dialer = dialer;
        this.pool = pool;
        sweep =
                loops.scheduleWithFixedDelay(
                        pool::closeOld, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /// Connections that trust whom the JDK trusts, and use the proxy it is told to use.
    ///
    /// @param bootstrap with the event loops and the kind of channel; it is not changed
    /// @param connectTimeout for each address of the server
    /// @param maxIdle how many connections are kept at most
    public static HttpConnections to(
            URI url, Bootstrap bootstrap, Duration connectTimeout, int maxIdle) {
        Origin origin = Origin.of(url);
        return new HttpConnections(
                url,
                new Dialer(
                        origin,
                        new Routes(url, InetAddress::getAllByName, ProxySelector.getDefault()),
                        origin.isSecure() ? Tls.ofTheJdk() : null,
                        bootstrap,
                        connectTimeout),
                new ConnectionPool(maxIdle, System::nanoTime),
                bootstrap.config().group());
    }

    /// A request that is yet to be sent, by [Exchange#run].
    public Exchange exchange(Post post, ResponseReader reader) {
        return new Exchange(url, pool, dialer, post, reader);
    }

    /// Closes the connections that nobody uses; those in use are closed as they become free.
    @Override
    public void close() {
        sweep.cancel(false);
        pool.close();
    }
}
