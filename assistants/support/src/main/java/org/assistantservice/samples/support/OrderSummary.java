package org.assistantservice.samples.support;

import java.time.LocalDate;

/// An order on one line.
public record OrderSummary(
        String id, OrderStatus status, LocalDate placedOn, long totalCents, long refundedCents) {}
