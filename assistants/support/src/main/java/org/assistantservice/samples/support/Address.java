package org.assistantservice.samples.support;

import org.assistantservice.actions.Param;

/// Where somebody lives.
public record Address(
        @Param("Street and house number, e.g. 12 Canal Street") String street,
        @Param("Postal code, e.g. 10115") String postalCode,
        @Param("City, e.g. Berlin") String city,
        @Param("Country, e.g. Germany") String country) {
    String onOneLine() {
        return "%s, %s %s, %s".formatted(street, postalCode, city, country);
    }
}
