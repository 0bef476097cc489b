package org.assistantservice.samples.support;

/// How far an order has come.
public enum OrderStatus {
    OPEN,
    SHIPPED,
    DELIVERED,
    CANCELLED
}
