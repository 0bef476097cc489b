package org.assistantservice.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assistantservice.identity.RunId;

/// A reader's place in a run's events: everything up to and including this event was seen. Its text
/// form `<run id>:<epoch>-<n>` is the `id` of server-sent events.
public record RunCursor(RunId runId, int epoch, int n) {
    private static final Pattern FORM =
            Pattern.compile("(run_[A-Za-z0-9]{1,60}):(\\d{1,9})-(\\d{1,9})");

    /// Before the first event.
    public static RunCursor start(RunId runId) {
        return new RunCursor(runId, 0, 0);
    }

    /// The cursor that a client sent, or empty if the text is none.
    public static Optional<RunCursor> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return RunId.parse(form.group(1))
                .map(run ->
                        new RunCursor(
                                run,
                                Integer.parseInt(form.group(2)),
                                Integer.parseInt(form.group(3))));
    }

    public boolean isBefore(SequencedEvent event) {
        return epoch < event.epoch() || (epoch == event.epoch() && n < event.n());
    }

    @Override
    public String toString() {
        return runId + ":" + epoch + "-" + n;
    }
}
