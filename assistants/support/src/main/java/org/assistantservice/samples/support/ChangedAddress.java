package org.assistantservice.samples.support;

import java.util.List;

/// What has changed.
///
/// @param redirectedOrders ids of the orders that go to the new address
public record ChangedAddress(Customer customer, List<String> redirectedOrders) {
    public ChangedAddress {
        redirectedOrders = List.copyOf(redirectedOrders);
    }
}
