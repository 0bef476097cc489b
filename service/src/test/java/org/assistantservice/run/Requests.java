package org.assistantservice.run;

import java.time.Instant;
import java.util.List;
import org.assistantservice.assistant.Assistant;
import org.assistantservice.assistant.AssistantFunction;
import org.assistantservice.assistant.BusyPolicy;
import org.assistantservice.identity.AssistantId;
import org.assistantservice.identity.CorrelationId;
import org.assistantservice.identity.Principal;
import org.assistantservice.identity.TenantId;
import org.assistantservice.identity.ThreadId;
import org.assistantservice.run.RunRequest.Idempotency;
import org.assistantservice.run.RunRequest.Options;
import org.jspecify.annotations.Nullable;

/// What Anna asks of the assistant `demo`, which may call `look_up`, `send` and `pay`.
final class Requests {
    static final Principal ANNA = new Principal(TenantId.DEFAULT, "anna");
    static final Principal BEN = new Principal(TenantId.DEFAULT, "ben");
    static final CorrelationId CORRELATION = new CorrelationId("12345678-test");
    static final Assistant ASSISTANT =
            new Assistant(
                    new AssistantId("asst_demo"),
                    "v1",
                    "demo",
                    "Hello!",
                    "Be brief.",
                    "",
                    List.of(function("look_up"), function("send"), function("pay")),
                    "{}",
                    BusyPolicy.ENQUEUE,
                    Instant.parse("2026-03-01T10:00:00Z"));

    private Requests() {}

    static RunRequest on(@Nullable ThreadId thread, String text) {
        return with(thread, text, Options.DEFAULT);
    }

    static RunRequest with(@Nullable ThreadId thread, String text, Options options) {
        return new RunRequest(ASSISTANT, thread, text, ANNA, CORRELATION, options);
    }

    static RunRequest by(Principal principal, String text) {
        return new RunRequest(ASSISTANT, null, text, principal, CORRELATION, Options.DEFAULT);
    }

    static Options capped(int rounds, RoundCap.AtCap atCap) {
        return new Options(null, new RoundCap(rounds, atCap), null, false, null, false, null);
    }

    static Options ephemeral() {
        return new Options(null, null, null, true, null, false, null);
    }

    static Options bringing(RunRequest.Said... earlier) {
        return ephemeral().withEarlier(List.of(earlier));
    }

    static Options busy(BusyPolicy policy) {
        return new Options(null, null, null, false, policy, false, null);
    }

    static Options superseding() {
        return new Options(null, null, null, false, BusyPolicy.REJECT, true, null);
    }

    static Options keyed(String key, String requestHash) {
        return new Options(null, null, null, false, null, false, new Idempotency(key, requestHash));
    }

    private static AssistantFunction function(String name) {
        return new AssistantFunction(name, FakeAction.ref(name), null);
    }
}
