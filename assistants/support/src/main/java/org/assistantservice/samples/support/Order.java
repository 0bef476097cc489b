package org.assistantservice.samples.support;

import java.util.List;

/// An order with all that is in it.
public record Order(OrderSummary summary, String customerId, String shipTo, List<Line> lines) {
    public Order {
        lines = List.copyOf(lines);
    }

    long refundableCents() {
        return summary.totalCents() - summary.refundedCents();
    }

    /// @param priceCents of one piece
    public record Line(String product, int quantity, long priceCents) {}
}
