package org.assistantservice.bench.chat;

import java.time.Duration;

/// What the model answers in one chat.
///
/// @param calls rounds of one tool call each, before the text
/// @param tokens pieces of the text, at least one
/// @param gap time between two tokens; zero for all at once
public record Script(int calls, int tokens, Duration gap) {
    /// One tool call, then one token: a run at its shortest.
    public static final Script SHORT_RUN = new Script(1, 1, Duration.ZERO);

    /// One tool call, then `tokens` at `perSecond`: the workload W1.
    public static Script w1(int tokens, int perSecond) {
        return new Script(1, tokens, Duration.ofNanos(1_000_000_000L / perSecond));
    }

    /// The same text without a tool call, for a server that runs no tools.
    public Script withoutCalls() {
        return new Script(0, tokens, gap);
    }

    public int modelCalls() {
        return calls + 1;
    }

    /// How long the model's text takes.
    public Duration length() {
        return gap.multipliedBy(tokens);
    }
}
