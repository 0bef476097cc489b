package org.assistantservice.samples.support;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assistantservice.samples.support.Order.Line;
import org.jspecify.annotations.Nullable;

/// The shop's tables, within one transaction.
///
/// @param connection in a transaction
record Shop(Connection connection) {
    private static final String SUMMARIES =
            """
            SELECT o.*,
                (SELECT sum(quantity * price_cents) FROM order_lines WHERE order_id = o.id) AS total,
                (SELECT coalesce(sum(amount_cents), 0) FROM refunds WHERE order_id = o.id)
                    AS refunded
            FROM orders o
            """;

    Optional<Customer> customer(String emailOrId) throws SQLException {
        return one(
                "SELECT * FROM customers WHERE id = upper(?) OR email = ?",
                row ->
                        new Customer(
                                row.getString("id"),
                                row.getString("name"),
                                row.getString("email"),
                                new Address(
                                        row.getString("street"),
                                        row.getString("postal_code"),
                                        row.getString("city"),
                                        row.getString("country"))),
                emailOrId,
                emailOrId);
    }

    /// @param status null means any
    List<OrderSummary> orders(String customerId, @Nullable OrderStatus status, int limit)
            throws SQLException {
        String any = status == null ? "" : status.name();
        return all(
                SUMMARIES
                        + """
                        WHERE o.customer_id = ? AND ? IN ('', o.status)
                        ORDER BY o.placed_on DESC, o.id DESC LIMIT ?
                        """,
                Shop::summary,
                customerId,
                any,
                limit);
    }

    Optional<Order> order(String id) throws SQLException {
        List<Line> lines =
                all(
                        "SELECT * FROM order_lines WHERE order_id = upper(?) ORDER BY rowid",
                        row ->
                                new Line(
                                        row.getString("product"),
                                        row.getInt("quantity"),
                                        row.getLong("price_cents")),
                        id);
        return one(
                SUMMARIES + "WHERE o.id = upper(?)",
                row ->
                        new Order(
                                summary(row),
                                row.getString("customer_id"),
                                row.getString("ship_to"),
                                lines),
                id);
    }

    Optional<Refund> refund(String idempotencyKey) throws SQLException {
        return one(
                "SELECT * FROM refunds WHERE idempotency_key = ?",
                row ->
                        new Refund(
                                "R-" + row.getLong("id"),
                                row.getString("order_id"),
                                row.getLong("amount_cents"),
                                RefundReason.valueOf(row.getString("reason")),
                                0,
                                true),
                idempotencyKey);
    }

    void addRefund(
            String idempotencyKey, Order order, long amountCents, RefundReason reason, String note)
            throws SQLException {
        change(
                """
                INSERT INTO refunds (idempotency_key, order_id, amount_cents, reason, note)
                VALUES (?, ?, ?, ?, ?)
                """,
                idempotencyKey,
                order.summary().id(),
                amountCents,
                reason.name(),
                note);
    }

    void move(String customerId, Address to) throws SQLException {
        change(
                """
                UPDATE customers SET street = ?, postal_code = ?, city = ?, country = ?
                WHERE id = ?
                """,
                to.street(),
                to.postalCode(),
                to.city(),
                to.country(),
                customerId);
    }

    void redirect(String orderId, Address to) throws SQLException {
        change("UPDATE orders SET ship_to = ? WHERE id = ?", to.onOneLine(), orderId);
    }

    private static OrderSummary summary(ResultSet row) throws SQLException {
        return new OrderSummary(
                row.getString("id"),
                OrderStatus.valueOf(row.getString("status")),
                LocalDate.parse(row.getString("placed_on")),
                row.getLong("total"),
                row.getLong("refunded"));
    }

    private <T> Optional<T> one(String sql, Row<T> row, Object... values) throws SQLException {
        return all(sql, row, values).stream().findFirst();
    }

    private <T> List<T> all(String sql, Row<T> row, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.of(rows));
            }
            return all;
        }
    }

    private void change(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
