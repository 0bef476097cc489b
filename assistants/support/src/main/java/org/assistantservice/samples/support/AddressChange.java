package org.assistantservice.samples.support;

import java.util.List;
import org.assistantservice.actions.Param;
import org.jspecify.annotations.Nullable;

/// What to change when a customer moves.
public record AddressChange(
        @Param("Customer id, e.g. C-1001") String customerId,
        @Param("The new address, complete") Address address,
        @Param(value = "Ids of open orders that shall go to the new address too", required = false)
                @Nullable List<String> orderIds) {
    public AddressChange {
        orderIds = orderIds == null ? null : List.copyOf(orderIds);
    }
}
