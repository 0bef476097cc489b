package org.assistantservice.bench.chat;

/// Checks that tokens 0, 1, 2 … arrive once each and in order. For one thread.
public final class OrderCheck {
    private final int expected;
    private int next;
    private int faults;

    /// @param expected how many tokens there are
    public OrderCheck(int expected) {
        this.expected = expected;
    }

    /// Takes the token that has just arrived.
    ///
    /// @return whether it is the one that was due; a token that was skipped is a fault of its own
    public boolean accept(int sequence) {
        if (sequence == next) {
            next++;
            return true;
        }
        faults++;
        next = Math.max(next, sequence + 1);
        return false;
    }

    /// A token that belongs to another chat, or to none.
    public void foreign() {
        faults++;
    }

    /// What was wrong so far, tokens that never came included. Zero only if all came in order.
    public int faultsAtEnd() {
        return faults + Math.max(0, expected - next) + Math.max(0, next - expected);
    }

    /// Whether all tokens have come.
    public boolean isComplete() {
        return next >= expected;
    }
}
