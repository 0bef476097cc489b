package org.assistantservice.protocol.jellychat;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import jakarta.validation.constraints.Positive;

/// What this protocol says and allows; configured under `assistant-service.jellychat`.
///
/// @param assistant id or name of the assistant that answers; empty for the service's default
/// @param greeting first row of every history when the assistant has no greeting of its own
/// @param apology what users read when a run failed
/// @param listsQuestions whether `/messages_answers` exists
/// @param maxMessageCharacters longest message, in code points
/// @param maxHistoryRows rows of one history that are shown, the newest ones
/// @param maxTurnsPerSocket messages of one socket that may be under way or wait
@ConfigurationProperties("assistant-service.jellychat")
record JellySettings(
        @Bindable(defaultValue = "") String assistant,
        @Bindable(defaultValue = "") String greeting,
        @Bindable(defaultValue = "") String apology,
        @Bindable(defaultValue = "true") boolean listsQuestions,
        @Bindable(defaultValue = "256000") @Positive int maxMessageCharacters,
        @Bindable(defaultValue = "2000") @Positive int maxHistoryRows,
        @Bindable(defaultValue = "5") @Positive int maxTurnsPerSocket) {

    private static final String GREETING =
            """
            Hi there, it's Jelly 🪼

            Your friendly undersea guide to everything DeFiChain. Feel comfortable to dive into any \
            question you've got.

            Please note, while I aim for accuracy, sometimes I might get things a bit off - the \
            ocean of blockchain can be complex!

            Ready to navigate through this exciting blockchain journey together? 🌊\
            """;
    private static final String APOLOGY =
            """
            Yikes! I made a bubbly blunder ⛈️

            Please accept this humble jellyfish's apologies for the inconvenience.

            Can we swim forward and try again together? 🐙\
            """;

    static final JellySettings DEFAULT = new JellySettings("", "", "", true, 256_000, 2000, 5);

    JellySettings {
        greeting = greeting.isBlank() ? GREETING : greeting;
        apology = apology.isBlank() ? APOLOGY : apology;
    }
}
