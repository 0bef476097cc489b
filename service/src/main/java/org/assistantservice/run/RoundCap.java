package org.assistantservice.run;

/// How many rounds of actions a run may take, and what happens when the model still wants more.
///
/// @param rounds at least 1
public record RoundCap(int rounds, AtCap atCap) {
    public RoundCap {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1 but was " + rounds);
        }
    }

    public enum AtCap {
        /// The run fails with "Too many action rounds".
        FAIL,
        /// The model is asked once more, without tools.
        ANSWER
    }
}
