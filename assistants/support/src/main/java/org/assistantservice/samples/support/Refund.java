package org.assistantservice.samples.support;

/// Money that went back.
///
/// @param leftCents what of the order could still be refunded
/// @param wasMadeBefore whether an earlier attempt of the same call made it
public record Refund(
        String id,
        String orderId,
        long amountCents,
        RefundReason reason,
        long leftCents,
        boolean wasMadeBefore) {}
