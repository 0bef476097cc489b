package org.assistantservice.run;

/// An event with its place in its run.
///
/// @param epoch ownership epoch, 0 before the first claim
/// @param n counts up from 1 within the epoch; never used for two different events
public record SequencedEvent(int epoch, int n, RunEvent event)
        implements Comparable<SequencedEvent> {
    @Override
    public int compareTo(SequencedEvent other) {
        int byEpoch = Integer.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Integer.compare(n, other.n);
    }
}
