package org.assistantservice.samples.support;

/// Why money goes back.
public enum RefundReason {
    DAMAGED,
    NOT_DELIVERED,
    WRONG_ITEM,
    CHANGED_MIND,
    OTHER
}
