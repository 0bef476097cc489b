package org.assistantservice.samples.analyst;

import java.util.Locale;
import java.util.regex.Pattern;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;

/// Stock prices and e-mails. Thread-safe.
public final class AnalystActions implements AutoCloseable {
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9^][A-Z0-9.=^-]{0,14}");
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@,;<>\"]{1,64}@[A-Za-z0-9.-]{1,253}");
    private static final int MAX_RECIPIENTS = 10;
    private static final int MAX_CONTENT = 100_000;

    private final Quotes quotes;
    private final Mailer mailer;

    /// @param settings `quote_url`, `quote_path`, `email_uri`, `email_from`; see the README
    public AnalystActions(ActionSettings settings) {
        this.quotes = Quotes.of(settings.text("quote_url", ""), settings.text("quote_path", ""));
        this.mailer = Mailer.of(settings.text("email_uri", ""), settings.text("email_from", ""));
    }

    /// The price alone, e.g. `187.44`; a sample price says that it is one.
    @Action(
            name = "get_stock_price",
            description = "Retrieve the latest closing price of a stock using its ticker symbol.",
            effect = Effect.READ_ONLY,
            timeout = "15s",
            notice = "Looking up the price")
    public String price(@Param("The ticker symbol of the stock") String symbol)
            throws InterruptedException {
        String wanted = symbol.strip().toUpperCase(Locale.ROOT);
        if (!SYMBOL.matcher(wanted).matches()) {
            throw new ActionException("symbol must be a ticker symbol such as MSFT");
        }
        return quotes.price(wanted);
    }

    @Action(
            name = "send_email",
            description = "Sends an email to a recipient(s).",
            effect = Effect.ONCE,
            timeout = "30s",
            notice = "Sending the e-mail")
    public String send(
            @Param("The e-mail address of the recipient; several are separated by commas")
                    String to,
            @Param("The text of the e-mail") String content,
            ActionContext context)
            throws InterruptedException {
        String[] recipients = to.strip().split("\\s*[,;]\\s*", -1);
        if (recipients.length > MAX_RECIPIENTS) {
            throw new ActionException("to may name %d addresses".formatted(MAX_RECIPIENTS));
        }
        for (String recipient : recipients) {
            if (!ADDRESS.matcher(recipient).matches()) {
                throw new ActionException("to must be an e-mail address such as a@example.com");
            }
        }
        if (content.isBlank() || content.length() > MAX_CONTENT) {
            throw new ActionException(
                    "content must have 1 to %d characters".formatted(MAX_CONTENT));
        }
        mailer.send(
                new Email(
                        String.join(",", recipients),
                        HtmlEntities.decoded(content),
                        context.correlationId()));
        return "Email sent";
    }

    @Override
    public void close() {
        quotes.close();
        mailer.close();
    }
}
