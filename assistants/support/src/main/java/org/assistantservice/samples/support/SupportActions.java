package org.assistantservice.samples.support;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionContext;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;
import org.jspecify.annotations.Nullable;

/// A shop's customers, orders and refunds. Setting: `refund_limit_cents`, the most that one refund
/// may give back (20000 unless stated). Thread-safe.
public final class SupportActions implements AutoCloseable {
    private static final int MAX_ORDERS = 20;
    private static final int USUAL_ORDERS = 10;
    private static final String LIMIT = "refund_limit_cents";

    private final SupportDatabase database;
    private final RefundDesk refunds;

    public SupportActions(ActionSettings settings) {
        for (String name : settings.names()) {
            if (!name.equals(LIMIT)) {
                throw new IllegalArgumentException(
                        "The only setting is '%s' but there is '%s'".formatted(LIMIT, name));
            }
        }
        long limit = settings.number(LIMIT, 20_000);
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "'%s' must be 1 or more but was %d".formatted(LIMIT, limit));
        }
        database = new SupportDatabase(settings.dataDir());
        refunds = new RefundDesk(limit);
    }

    @Action(
            name = "find_customer",
            description = "Finds a customer by e-mail address or customer id.",
            effect = Effect.READ_ONLY,
            notice = "Looking for the customer")
    public Customer findCustomer(
            @Param("E-mail address or customer id, e.g. ada@example.com or C-1001")
                    String emailOrId)
            throws InterruptedException {
        return database.inTransaction(
                connection -> customer(new Shop(connection), emailOrId.strip()));
    }

    @Action(
            name = "list_orders",
            description = "Lists a customer's orders, newest first.",
            effect = Effect.READ_ONLY,
            notice = "Looking for orders")
    public List<OrderSummary> listOrders(
            @Param("Customer id, e.g. C-1001") String customerId,
            @Param(value = "Only orders of this status", required = false)
                    @Nullable OrderStatus status,
            @Param(value = "How many at most, 1 to 20; 10 if absent", required = false)
                    OptionalInt limit)
            throws InterruptedException {
        int most = limit.orElse(USUAL_ORDERS);
        if (most < 1 || most > MAX_ORDERS) {
            throw new ActionException(
                    "limit must be 1 to %d but was %d".formatted(MAX_ORDERS, most));
        }
        return database.inTransaction(connection -> {
            var shop = new Shop(connection);
            return shop.orders(customer(shop, customerId.strip()).id(), status, most);
        });
    }

    @Action(
            name = "get_order",
            description = "Everything about one order: its lines, status, address and refunds.",
            effect = Effect.READ_ONLY,
            notice = "Looking up the order")
    public Order getOrder(@Param("Order id, e.g. O-2001") String orderId)
            throws InterruptedException {
        return database.inTransaction(connection -> order(new Shop(connection), orderId));
    }

    @Action(
            name = "refund_order",
            description = "Gives money back for an order, all that is left of it or a part.",
            effect = Effect.ONCE,
            notice = "Refunding the order")
    public Refund refundOrder(
            @Param("Order id, e.g. O-2001") String orderId,
            @Param(value = "Amount in cents; all that is left if absent", required = false)
                    OptionalLong amountCents,
            @Param("Why the money goes back") RefundReason reason,
            @Param(value = "What the customer said, in a sentence", required = false)
                    Optional<String> note,
            ActionContext context)
            throws InterruptedException {
        return database.inTransaction(connection -> {
            var shop = new Shop(connection);
            var request =
                    new RefundDesk.Request(
                            context.idempotencyKey(),
                            orderId,
                            amountCents,
                            reason,
                            note.orElse(""));
            return refunds.refund(shop, request);
        });
    }

    @Action(
            name = "change_address",
            description = "Changes a customer's address, and that of open orders if wanted.",
            effect = Effect.IDEMPOTENT,
            notice = "Changing the address")
    public ChangedAddress changeAddress(@Param("What to change") AddressChange change)
            throws InterruptedException {
        List<String> orderIds = change.orderIds() == null ? List.of() : change.orderIds();
        return database.inTransaction(connection -> {
            var shop = new Shop(connection);
            Customer customer = customer(shop, change.customerId());
            shop.move(customer.id(), change.address());
            for (String orderId : orderIds) {
                shop.redirect(openOrder(shop, customer, orderId), change.address());
            }
            return new ChangedAddress(customer(shop, customer.id()), orderIds);
        });
    }

    @Override
    public void close() {
        database.close();
    }

    static Order order(Shop shop, String id) throws SQLException {
        return shop.order(id.strip())
                .orElseThrow(() ->
                        new ActionException(
                                "No order has the id '%s'; ids look like O-2001".formatted(id)));
    }

    private static Customer customer(Shop shop, String emailOrId) throws SQLException {
        return shop.customer(emailOrId)
                .orElseThrow(() ->
                        new ActionException(
                                "No customer has the e-mail address or id '%s'"
                                        .formatted(emailOrId)));
    }

    private static String openOrder(Shop shop, Customer customer, String id) throws SQLException {
        Order order = order(shop, id);
        if (!order.customerId().equals(customer.id())) {
            throw new ActionException(
                    "Order %s is not an order of customer %s"
                            .formatted(order.summary().id(), customer.id()));
        }
        if (order.summary().status() != OrderStatus.OPEN) {
            throw new ActionException(
                    "Only an open order can go to another address, but %s is %s"
                            .formatted(order.summary().id(), order.summary().status()));
        }
        return order.summary().id();
    }
}
