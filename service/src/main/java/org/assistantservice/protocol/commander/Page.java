package org.assistantservice.protocol.commander;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.assistantservice.identity.Sha256;

/// The page: one document, whose one script and one style the browser is told by their digests.
final class Page {
    private static final byte[] DOCUMENT = read();
    private static final String POLICY =
            "default-src 'none'; script-src '%s'; style-src '%s'; connect-src 'self';"
                            .formatted(digest("script"), digest("style"))
                    + " img-src 'self' blob:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private Page() {}

    static HttpResponse<byte[]> response() {
        return HttpResponse.ok(DOCUMENT)
                .contentType(MediaType.of("text/html; charset=utf-8"))
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff");
    }

    private static byte[] read() {
        try (InputStream content = Page.class.getResourceAsStream("page.html")) {
            if (content == null) {
                throw new IllegalStateException("The build left out page.html");
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String tag) {
        String page = new String(DOCUMENT, StandardCharsets.UTF_8);
        int start = page.indexOf("<" + tag + ">") + tag.length() + 2;
        String content = page.substring(start, page.indexOf("</" + tag + ">", start));
        byte[] digest = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
