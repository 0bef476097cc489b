package org.assistantservice.run;

/// How much of a thread the model is shown at most, the run's own message included. The newest
/// messages win; a message is shown whole or not at all.
///
/// @param messages how many, at least 1
/// @param estimatedTokens how many tokens they have together, by the estimate of
///   [org.assistantservice.model.EstimatedTokens]; the run's own message is shown even beyond it
public record HistoryWindow(int messages, int estimatedTokens) {}
