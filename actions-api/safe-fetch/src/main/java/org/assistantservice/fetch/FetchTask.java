package org.assistantservice.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicHeaderValueParser;
import org.apache.hc.core5.http.message.ParserCursor;
import org.jspecify.annotations.Nullable;

/// One fetch with its redirects. Runs once, on one thread; [#cancel] may come from another.
final class FetchTask implements Callable<FetchResult> {
    private static final Logger LOG = System.getLogger(FetchTask.class.getName());
    private static final int PIECE = 16 * 1024;

    private final CloseableHttpClient http;
    private final FetchRules rules;
    private final FetchRequest asked;
    private volatile boolean isCancelled;
    private volatile @Nullable HttpGet current;

    FetchTask(CloseableHttpClient http, FetchRules rules, FetchRequest asked) {
        this.http = http;
        this.rules = rules;
        this.asked = asked;
    }

    /// Breaks off what is under way and begins nothing more. Idempotent.
    void cancel() {
        isCancelled = true;
        HttpGet request = current;
        if (request != null) {
            request.cancel();
        }
    }

    @Override
    public FetchResult call() {
        try {
            return follow();
        } catch (FetchException e) {
            return e.result();
        } catch (CheckedNames.NotPublicException e) {
            return new FetchResult.Refused("Only addresses of the public internet can be fetched");
        } catch (UnknownHostException e) {
            return new FetchResult.Unreachable("The host of this address was not found");
        } catch (SocketTimeoutException e) {
            return new FetchResult.TimedOut();
        } catch (ConnectException e) {
            return new FetchResult.Unreachable("The server could not be reached");
        } catch (SSLException e) {
            return new FetchResult.Unreachable("No secure connection to the server was possible");
        } catch (IOException e) {
            return new FetchResult.Unreachable("The server's answer broke off or was not valid");
        } catch (RuntimeException e) {
            // A fault of ours or of the client's: whoever fetches many loses this one alone.
            LOG.log(Level.WARNING, "A fetch broke", e);
            return new FetchResult.Unreachable("This address could not be fetched");
        }
    }

    private FetchResult follow() throws IOException {
        Target target = Target.of(asked.url());
        Map<String, String> headers = asked.headers();
        for (int followed = 0; followed <= rules.maxRedirects(); followed++) {
            checkPort(target);
            Step step = step(target, headers);
            switch (step) {
                case Answer(var result) -> {
                    return result;
                }
                case Redirect(var location) -> {
                    Target next = target.follow(location);
                    if (!next.origin().equals(target.origin())
                            || !next.scheme().equals(target.scheme())) {
                        headers = Map.of();
                    }
                    target = next;
                }
            }
        }
        return new FetchResult.TooManyRedirects(rules.maxRedirects());
    }

    private void checkPort(Target target) throws FetchException {
        if (!rules.ports().contains(target.origin().port())
                && !rules.origins().contains(target.origin())) {
            throw FetchException.refused("This port cannot be fetched from");
        }
    }

    /// What one request leads to.
    private sealed interface Step {}

    private record Answer(FetchResult result) implements Step {}

    private record Redirect(String location) implements Step {}

    private Step step(Target target, Map<String, String> headers) throws IOException {
        HttpGet request = new HttpGet(target.uri());
        headers.forEach(request::setHeader);
        current = request;
        if (isCancelled) {
            return new Answer(new FetchResult.TimedOut());
        }
        var host = new HttpHost(target.scheme(), target.host(), target.origin().port());
        return http.execute(host, request, response -> read(target, request, response));
    }

    private Step read(Target target, HttpGet request, ClassicHttpResponse response)
            throws IOException {
        try {
            return read(target, response);
        } finally {
            // What was not read yet is not wanted: closing alone would read it to its end.
            request.cancel();
        }
    }

    private Step read(Target target, ClassicHttpResponse response) throws IOException {
        String location = location(response);
        if (location != null) {
            return new Redirect(location);
        }
        int status = response.getCode();
        if (status < HttpStatus.SC_OK || status >= HttpStatus.SC_REDIRECTION) {
            return new Answer(new FetchResult.Unsuccessful(status));
        }
        HttpEntity entity = response.getEntity();
        String written = entity == null ? null : entity.getContentType();
        String type = type(written);
        if (entity == null || !asked.accepts(type)) {
            return new Answer(new FetchResult.WrongType(type));
        }
        byte[] body = body(entity);
        return new Answer(
                body == null
                        ? new FetchResult.TooLarge(rules.maxBytes())
                        : new FetchResult.Fetched(target.uri(), type, charset(written), body));
    }

    private static @Nullable String location(ClassicHttpResponse response) {
        Header location = response.getFirstHeader("Location");
        return location == null || !isRedirect(response.getCode()) ? null : location.getValue();
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case HttpStatus.SC_MOVED_PERMANENTLY,
                    HttpStatus.SC_MOVED_TEMPORARILY,
                    HttpStatus.SC_SEE_OTHER,
                    HttpStatus.SC_TEMPORARY_REDIRECT,
                    HttpStatus.SC_PERMANENT_REDIRECT ->
                    true;
            default -> false;
        };
    }

    /// The decompressed body, or null if it is too long.
    private byte @Nullable [] body(HttpEntity entity) throws IOException {
        if (entity.getContentLength() > rules.maxBytes()) {
            return null;
        }
        var body = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        InputStream content = entity.getContent();
        for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
            if (body.size() + n > rules.maxBytes()) {
                return null;
            }
            body.write(piece, 0, n);
        }
        return body.toByteArray();
    }

    private static String type(@Nullable String written) {
        if (written == null) {
            return "";
        }
        int end = written.indexOf(';');
        return (end < 0 ? written : written.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static Charset charset(@Nullable String written) {
        if (written == null) {
            return StandardCharsets.UTF_8;
        }
        var element =
                BasicHeaderValueParser.INSTANCE.parseHeaderElement(
                        written, new ParserCursor(0, written.length()));
        NameValuePair charset = element.getParameterByName("charset");
        String name = charset == null ? null : charset.getValue();
        return name == null ? StandardCharsets.UTF_8 : FetchResult.charset(name);
    }
}
