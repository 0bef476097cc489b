package org.assistantservice.samples.analyst;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.assistantservice.actions.ActionException;

/// Hands e-mails over to whoever delivers them. Thread-safe.
interface Mailer extends AutoCloseable {
    /// Returns when the e-mail was taken on.
    ///
    /// @throws ActionException if it was not; says why, never with an address or a password of ours
    void send(Email email) throws InterruptedException;

    @Override
    default void close() {}

    /// The way that the settings name.
    ///
    /// @param uri `http` or `https`: a webhook; `smtp` or `smtps`, e.g.
    ///   `smtp://user:password@mail.example.com:587`: a mail server; empty: there is none
    /// @param from the sender; needed for mail servers
    /// @throws IllegalArgumentException if it is something else
    static Mailer of(String uri, String from) {
        if (uri.isBlank()) {
            return _ -> {
                throw new ActionException("no e-mail can be sent: EMAIL_URI is not set");
            };
        }
        URI parsed = parsed(uri.strip());
        String scheme = parsed.getScheme() == null ? "" : parsed.getScheme();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http", "https" -> new WebhookMailer(parsed);
            case "smtp", "smtps" -> SmtpMailer.of(parsed, from);
            default ->
                    throw new IllegalArgumentException(
                            "Setting 'email_uri' must begin with https, http, smtps or smtp");
        };
    }

    private static URI parsed(String uri) {
        try {
            return new URI(uri);
        } catch (URISyntaxException e) {
            // Without the cause: its message shows the address, and with it perhaps a password.
            throw new IllegalArgumentException("Setting 'email_uri' must be a valid address");
        }
    }
}
