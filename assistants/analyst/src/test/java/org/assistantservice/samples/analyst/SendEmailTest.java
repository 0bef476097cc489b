package org.assistantservice.samples.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.testkit.ActionKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendEmailTest {
    private static final String FAILED = "Error: Function 'send_email' execution failed: ";

    private static final String NOT_KNOWN =
            "the mail server did not answer; whether the e-mail was sent is not known"
                    + " (correlation_id: ";

    @RegisterExtension final ActionKit kit = ActionKit.of(AnalystActions.class);

    @Test
    void aWebhookGetsTheTextWithoutEntities() throws Exception {
        try (var webhook = FakeHttpServer.answering(202, "")) {
            kit.withSettings("{\"email_uri\":\"%s\"}".formatted(webhook.uri("/mail?k=1")));

            assertThat(send("a@b.c, d@e.f", "Tom &amp; Ann &#39;x&#x27; &lt;3 &unknown; &amp;lt;"))
                    .isEqualTo("Email sent");
            assertThat(webhook.requests())
                    .containsExactly(
                            new FakeHttpServer.Request(
                                    "POST",
                                    "/mail?k=1",
                                    "application/json",
                                    "{\"to\":\"a@b.c,d@e.f\",\"content\":"
                                            + "\"Tom & Ann 'x' <3 &unknown; &lt;\"}"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 500})
    void onlyStatus202IsSuccess(int status) throws Exception {
        try (var webhook = FakeHttpServer.answering(status, "")) {
            kit.withSettings("{\"email_uri\":\"%s\"}".formatted(webhook.uri("/")));

            assertThat(send("a@b.c", "Hello"))
                    .startsWith(
                            FAILED
                                    + "the e-mail was not taken on: status %d (correlation_id: "
                                            .formatted(status));
            assertThat(webhook.requests()).hasSize(1);
        }
    }

    @Test
    void aWebhookThatIsNotThereIsToldToTheModel() throws Exception {
        String gone;
        try (var webhook = FakeHttpServer.answering(202, "")) {
            gone = webhook.uri("/");
        }
        kit.withSettings("{\"email_uri\":\"%s\"}".formatted(gone));

        assertThat(send("a@b.c", "Hello"))
                .startsWith(
                        FAILED
                                + "the e-mail service did not answer; whether the e-mail was sent is"
                                + " not known (correlation_id: ");
    }

    @Test
    void aMailServerGetsAMessage() throws Exception {
        try (var server = FakeSmtpServer.willing()) {
            kit.withSettings(smtp(server.uri()));

            assertThat(send("a@b.c, d@e.f", "Report &amp; more\\nSecond line"))
                    .isEqualTo("Email sent");
            assertThat(server.lines())
                    .contains(
                            "MAIL FROM:<analyst@example.com>",
                            "RCPT TO:<a@b.c>",
                            "RCPT TO:<d@e.f>",
                            "From: analyst@example.com",
                            "Subject: Report & more",
                            "Report & more",
                            "Second line")
                    .anyMatch(line -> line.startsWith("Date: "));
        }
    }

    @Test
    void aMailServerThatRefusesIsToldToTheModel() throws Exception {
        try (var server = FakeSmtpServer.unwilling()) {
            kit.withSettings(smtp(server.uri()));

            assertThat(send("a@b.c", "Hello"))
                    .startsWith(
                            FAILED
                                    + "the mail server did not take the e-mail on: SendFailedException"
                                    + " (correlation_id: ");
        }
    }

    @Test
    void aMailServerThatRefusesTheWholeEmailIsToldToTheModel() throws Exception {
        try (var server = FakeSmtpServer.picky()) {
            kit.withSettings(smtp(server.uri()));

            assertThat(send("a@b.c", "Hello"))
                    .startsWith(
                            FAILED
                                    + "the mail server did not take the e-mail on:"
                                    + " SMTPSendFailedException (correlation_id: ");
        }
    }

    @Test
    void aMailServerThatHangsUpLeavesItOpenWhetherTheEmailWasSent() throws Exception {
        try (var server = FakeSmtpServer.hangingUp()) {
            kit.withSettings(smtp(server.uri()));

            assertThat(send("a@b.c", "Hello")).startsWith(FAILED + NOT_KNOWN);
        }
    }

    @Test
    void aConnectionThatBreaksAfterTheTextLeavesItOpenWhetherTheEmailWasSent() throws Exception {
        try (var server = FakeSmtpServer.breaking()) {
            kit.withSettings(smtp(server.uri()));

            assertThat(send("a@b.c", "Hello")).startsWith(FAILED + NOT_KNOWN);
        }
    }

    @Test
    void aMailServerThatIsNotThereTookNothingOn() throws Exception {
        String gone;
        try (var server = FakeSmtpServer.willing()) {
            gone = server.uri();
        }
        kit.withSettings(smtp(gone));

        assertThat(send("a@b.c", "Hello"))
                .startsWith(
                        FAILED
                                + "the mail server did not take the e-mail on:"
                                + " MailConnectException (correlation_id: ");
    }

    @Test
    void aMailServerThatIsTooSlowLeavesItOpenWhetherTheEmailWasSent() throws Exception {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("smtp://127.0.0.1:" + silent.getLocalPort());
            Mailer mailer = SmtpMailer.of(uri, "analyst@example.com", Duration.ofMillis(50));

            assertThatThrownBy(() -> mailer.send(new Email("a@b.c", "Hello", "12345678-a")))
                    .isInstanceOf(ActionException.class)
                    .hasMessage(
                            "the mail server was too slow; whether the e-mail was sent is not"
                                    + " known");
        }
    }

    @Test
    void aPasswordIsNotSentUnencrypted() throws Exception {
        try (var server = FakeSmtpServer.willing()) {
            kit.withSettings(smtp(server.uri().replace("//", "//user:s3cret@")));

            assertThat(send("a@b.c", "Hello"))
                    .startsWith(FAILED + "the mail server did not take the e-mail on: ");
            assertThat(server.lines()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void withoutAPlaceToSendToNothingIsClaimed() {
        assertThat(send("a@b.c", "Hello"))
                .startsWith(
                        FAILED + "no e-mail can be sent: EMAIL_URI is not set (correlation_id: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody|Hello|to must be an e-mail address such as a@example.com",
                "a@b.c, |Hello|to must be an e-mail address such as a@example.com",
                "a@b.c\\r\\nBcc: x@y.z|Hello|to must be an e-mail address such as a@example.com",
                "a@b.c|' '|content must have 1 to 100000 characters"
            })
    void addressesAndTextAreChecked(String to, String content, String reason) {
        assertThat(send(to, content)).startsWith(FAILED + reason + " (correlation_id: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://x||Setting 'email_uri' must begin with https, http, smtps or smtp",
                "http://a b||Setting 'email_uri' must be a valid address",
                "smtp:x|a@b.c|Setting 'email_uri' must name a mail server",
                "smtp://h|none|Setting 'email_from' (EMAIL_FROM) must be the sender's address",
                "smtp://user@h|a@b.c|Setting 'email_uri' must have user and password, or neither"
            })
    void aWrongPlaceToSendToIsRefusedWithoutShowingIt(String uri, String from, String problem) {
        assertThatThrownBy(() -> Mailer.of(uri, from == null ? "" : from))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @Test
    void anEmailIsSentOnce() {
        assertThat(kit.definition("send_email").effect()).isEqualTo(Effect.ONCE);
        assertThat(kit.definition("send_email").strict()).isTrue();
        assertThat(kit.definition("send_email").description())
                .isEqualTo("Sends an email to a recipient(s).");
    }

    private String send(String to, String content) {
        return kit.call("send_email", "{\"to\":\"%s\",\"content\":\"%s\"}".formatted(to, content))
                .output();
    }

    private static String smtp(String uri) {
        return "{\"email_uri\":\"%s\",\"email_from\":\"analyst@example.com\"}".formatted(uri);
    }
}
