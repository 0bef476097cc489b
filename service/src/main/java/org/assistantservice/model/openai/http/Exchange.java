package org.assistantservice.model.openai.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One request and its response. [#run] is called once; [#abort] may come from any thread.
public final class Exchange {
    private final URI url;
    private final ConnectionPool pool;
    private final Dialer dialer;
    private final Post post;
    private final ResponseReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Runnable stop;
    private boolean isAborted;

    Exchange(URI url, ConnectionPool pool, Dialer dialer, Post post, ResponseReader reader) {
        this.url = url;
        this.pool = pool;
        this.dialer = dialer;
        this.post = post;
        this.reader = reader;
    }

    /// Sends the request, and returns when the reader has heard the end of the response. A request
    /// that finds its kept connection closed by the server is sent again on a new one.
    ///
    /// @throws IOException if there is no connection; the reader has heard nothing then
    public void run() throws IOException, InterruptedException {
        Connection kept = pool.take();
        if (kept == null || !isOverOn(kept)) {
            if (!isOverOn(dialer.dial(pool, this::stopBy))) {
                throw new IOException("a new connection was not used");
            }
        }
    }

    /// Closes the connection, unless the exchange is over.
    public void abort() {
        Runnable current;
        lock.lock();
        try {
            isAborted = true;
            current = stop;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.run();
        }
    }

    private boolean isOverOn(Connection connection) throws IOException, InterruptedException {
        if (isAborted()) {
            connection.close();
            throw new IOException("the exchange was aborted");
        }
        try {
            CompletableFuture<Boolean> over =
                    connection.exchange(request(connection.isForwarded()), reader);
            stopBy(() -> connection.abort(reader));
            return over.get();
        } catch (ExecutionException | RejectedExecutionException e) {
            throw new IOException("the event loop has ended", e);
        } catch (InterruptedException e) {
            connection.close();
            throw e;
        }
    }

    private boolean isAborted() {
        lock.lock();
        try {
            return isAborted;
        } finally {
            lock.unlock();
        }
    }

    /// How to stop what is done from now on; done at once if it is to be stopped already.
    private void stopBy(Runnable next) {
        boolean isLate;
        lock.lock();
        try {
            stop = next;
            isLate = isAborted;
        } finally {
            lock.unlock();
        }
        if (isLate) {
            next.run();
        }
    }

    private FullHttpRequest request(boolean isForwarded) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        FullHttpRequest request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        isForwarded ? url.toString() : url.getRawPath() + query,
                        Unpooled.wrappedBuffer(post.body()));
        post.headers().forEach(request.headers()::set);
        request.headers().set(HttpHeaderNames.HOST, host());
        request.headers().set(HttpHeaderNames.CONTENT_LENGTH, post.body().length);
        return request;
    }

    private String host() {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }
}
