package org.assistantservice.samples.support;

/// A customer of the shop.
public record Customer(String id, String name, String email, Address address) {}
