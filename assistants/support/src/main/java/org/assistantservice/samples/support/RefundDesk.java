package org.assistantservice.samples.support;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.assistantservice.actions.ActionException;

/// Decides on refunds and keeps the book of them.
///
/// @param limitCents the most that one refund may give back
record RefundDesk(long limitCents) {
    /// Makes the refund, or finds the one that an earlier attempt of the same call made.
    ///
    /// @throws ActionException if the order does not allow it
    Refund refund(Shop shop, Request request) throws SQLException {
        Optional<Refund> made = shop.refund(request.idempotencyKey());
        if (made.isPresent()) {
            return withWhatIsLeft(shop, made.get());
        }
        Order order = SupportActions.order(shop, request.orderId());
        long amount = request.amountCents().orElse(order.refundableCents());
        check(order, amount);
        shop.addRefund(request.idempotencyKey(), order, amount, request.reason(), request.note());
        Refund refund = shop.refund(request.idempotencyKey()).orElseThrow();
        return withWhatIsLeft(
                shop,
                new Refund(
                        refund.id(),
                        refund.orderId(),
                        refund.amountCents(),
                        refund.reason(),
                        0,
                        false));
    }

    private void check(Order order, long amount) {
        String id = order.summary().id();
        if (order.summary().status() == OrderStatus.CANCELLED) {
            throw new ActionException(
                    "Order %s was cancelled: nothing was paid for it".formatted(id));
        }
        if (order.refundableCents() == 0) {
            throw new ActionException("All of order %s is refunded already".formatted(id));
        }
        if (amount < 1 || amount > order.refundableCents()) {
            throw new ActionException(
                    "amountCents must be 1 to %d, what is left of order %s, but was %d"
                            .formatted(order.refundableCents(), id, amount));
        }
        if (amount > limitCents) {
            throw new ActionException(
                    "A refund of %d cents needs a person: the limit here is %d"
                            .formatted(amount, limitCents));
        }
    }

    private static Refund withWhatIsLeft(Shop shop, Refund refund) throws SQLException {
        long left = SupportActions.order(shop, refund.orderId()).refundableCents();
        return new Refund(
                refund.id(),
                refund.orderId(),
                refund.amountCents(),
                refund.reason(),
                left,
                refund.wasMadeBefore());
    }

    /// @param idempotencyKey of the call; the same at each attempt of it
    record Request(
            String idempotencyKey,
            String orderId,
            OptionalLong amountCents,
            RefundReason reason,
            String note) {}
}
