package org.assistantservice.samples.analyst;

import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assistantservice.actions.ActionException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// Hands e-mails to a mail server, on a connection of its own for each. With a password the
/// connection must be encrypted: `smtps`, or `smtp` with STARTTLS.
final class SmtpMailer implements Mailer {
    private static final String TIMEOUT_MILLIS = "10000";

    /// For the whole exchange: the action ends later, so that its caller is always told what is
    /// known.
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private static final int SMTP_PORT = 587;
    private static final int SMTPS_PORT = 465;
    private static final int LONGEST_SUBJECT = 70;

    /// What stands for the answer's code when the server hung up instead.
    private static final int NO_ANSWER = -1;

    private final Session session;
    private final InternetAddress from;

    private final Duration limit;

    private SmtpMailer(Session session, InternetAddress from, Duration limit) {
        this.session = session;
        this.from = from;
        this.limit = limit;
    }

    static SmtpMailer of(URI uri, String from) {
        return of(uri, from, LIMIT);
    }

    /// @param limit for one e-mail
    static SmtpMailer of(URI uri, String from, Duration limit) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("Setting 'email_uri' must name a mail server");
        }
        return new SmtpMailer(session(uri), sender(from), limit);
    }

    private static InternetAddress sender(String from) {
        try {
            return new InternetAddress(from, true);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(
                    "Setting 'email_from' (EMAIL_FROM) must be the sender's address", e);
        }
    }

    private static Session session(URI uri) {
        boolean isTls = uri.getScheme().toLowerCase(Locale.ROOT).equals("smtps");
        @Nullable PasswordAuthentication account = account(uri);
        String protocol = isTls ? "smtps" : "smtp";
        int port = uri.getPort() > 0 ? uri.getPort() : isTls ? SMTPS_PORT : SMTP_PORT;
        Properties settings = new Properties();
        settings.put("mail.transport.protocol", protocol);
        settings.put("mail.transport.protocol.rfc822", protocol);
        String its = "mail." + protocol + ".";
        settings.put(its + "host", uri.getHost());
        settings.put(its + "port", Integer.toString(port));
        settings.put(its + "connectiontimeout", TIMEOUT_MILLIS);
        settings.put(its + "timeout", TIMEOUT_MILLIS);
        settings.put(its + "writetimeout", TIMEOUT_MILLIS);
        settings.put(its + "quitwait", "false");
        settings.put(its + "auth", Boolean.toString(account != null));
        settings.put(its + "ssl.checkserveridentity", "true");
        settings.put(its + "starttls.enable", Boolean.toString(!isTls));
        settings.put(its + "starttls.required", Boolean.toString(!isTls && account != null));
        return Session.getInstance(settings, account == null ? null : new Account(account));
    }

    private static @Nullable PasswordAuthentication account(URI uri) {
        String user = uri.getRawUserInfo();
        if (user == null) {
            return null;
        }
        int colon = user.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "Setting 'email_uri' must have user and password, or neither");
        }
        return new PasswordAuthentication(
                decoded(user.substring(0, colon)), decoded(user.substring(colon + 1)));
    }

    /// In this part of an address a plus is a plus.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// On a virtual thread, because there an interrupt ends the reading from a socket.
    @Override
    public void send(Email email) throws InterruptedException {
        FutureTask<Boolean> sending =
                new FutureTask<>(() -> {
                    transmit(email);
                    return true;
                });
        Thread.ofVirtual().name("smtp").start(sending);
        try {
            sending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ActionException(
                    "the mail server was too slow; whether the e-mail was sent is not known", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ActionException refusal
                    ? refusal
                    : new IllegalStateException("An e-mail could not be made", e.getCause());
        } finally {
            sending.cancel(true);
        }
    }

    private void transmit(Email email) {
        MimeMessage message;
        Transport transport;
        try {
            message = message(email);
            transport = session.getTransport();
            transport.connect();
        } catch (MessagingException e) {
            throw notTakenOn(e);
        }
        try {
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw isAnswered(e)
                    ? notTakenOn(e)
                    : new ActionException(
                            "the mail server did not answer; whether the e-mail was sent is not"
                                    + " known",
                            e);
        } finally {
            leave(transport);
        }
    }

    private MimeMessage message(Email email) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(from);
        message.setRecipients(RecipientType.TO, InternetAddress.parse(email.to(), true));
        message.setSubject(subject(email.content()), "UTF-8");
        message.setHeader("X-Correlation-ID", email.correlationId());
        message.setText(email.content(), "UTF-8");
        message.saveChanges();
        return message;
    }

    /// Whether the server itself said no. A connection that broke off, or on which nothing came in
    /// time, may have done so after the server had all of the e-mail.
    private static boolean isAnswered(MessagingException failure) {
        return !(failure.getNextException() instanceof IOException)
                && !(failure instanceof SMTPSendFailedException refusal
                        && refusal.getReturnCode() == NO_ANSWER);
    }

    private static ActionException notTakenOn(MessagingException failure) {
        return new ActionException(
                "the mail server did not take the e-mail on: " + failure.getClass().getSimpleName(),
                failure);
    }

    /// What becomes of the goodbye says nothing about the e-mail.
    private static void leave(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            return;
        }
    }

    /// The first line, since the model gives none.
    private static String subject(String content) {
        String line = content.strip().lines().findFirst().orElse("").strip();
        return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT) + "…";
    }

    private static final class Account extends Authenticator {
        private final PasswordAuthentication account;

        Account(PasswordAuthentication account) {
            this.account = account;
        }

        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
            return account;
        }
    }
}
