package org.assistantservice.actions;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.RECORD_COMPONENT;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/// Describes to the model one argument of an action, or one component of a record that is used in
/// an argument.
///
/// ```java
/// public record Range(
///         @Param("First day, e.g. 2026-03-01") LocalDate from,
///         @Param(value = "Last day; none means one day", required = false) @Nullable LocalDate to) {}
///
/// @Action(name = "find_orders", description = "Lists the orders of some days.")
/// public List<Order> findOrders(@Param("Which days") Range days) { … }
/// ```
///
/// The model passes `{"days":{"from":"2026-03-01","to":null}}`. The argument's name is the
/// parameter's or the component's own name; its type decides the JSON type. Arguments are checked
/// against the types before the action runs, and a call that does not fit is answered to the model
/// without running it.
@Documented
@Retention(RUNTIME)
@Target({PARAMETER, RECORD_COMPONENT})
public @interface Param {
    /// What to pass, in words for the model: meaning, form, range, an example. Not blank.
    ///
    /// @return the description, e.g. `Customer id, e.g. C-1042`
    String value();

    /// Whether the model must pass a value. Where it need not, an argument that is left out or
    /// `null` arrives as `null`, or as empty if its type is one of the `Optional` types; a
    /// primitive type must be required.
    ///
    /// @return `true` unless stated
    boolean required() default true;
}
